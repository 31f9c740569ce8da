import { html } from 'hono/html';
import { readForm } from '../http/params.ts';
import type { RequestContext } from '../http/routes.ts';
import { displayNameOf } from '../identity/display-name.ts';
import type { Provider } from '../provider.ts';
import type { Profile } from '../store/index.ts';
import { resumeAuthorization, findSignedIn, interactionPage, leaveGrantedPage } from './interaction-page.ts';
import { layout, type View } from './layout.ts';
import {
  type ClientDisplay,
  clientAndProviderTiles,
  clientLinks,
  findClientDisplay,
  initialOf,
} from './client-display.ts';

/** GET: go on as whoever is signed in here, or sign in as somebody else (OIDC Core §3.1.2.1, select_account). */
export async function showSelectAccount(
  provider: Provider,
  view: View,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const interaction = await provider.interactions.require('authorize', request, context);
  if (interaction.granted) return leaveGrantedPage(provider, request, interaction, interaction.granted);
  const signedIn = await findSignedIn(provider, request);
  if (!signedIn) return resumeAuthorization(provider, interaction);
  const client = await findClientDisplay(provider, interaction.request.clientId);
  const { person, session } = signedIn;
  return interactionPage(
    provider,
    interaction,
    selectAccountPage(view, { id: interaction.id, client, person, sessionId: session.id }),
  );
}

/** POST: goes on as the person the page showed. Another session by now means asking again. */
export async function selectAccount(
  provider: Provider,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const interaction = await provider.interactions.require('authorize', request, context);
  const { id } = interaction;
  const form = await readForm(request);
  const signedIn = await findSignedIn(provider, request);
  const isSamePerson = signedIn !== undefined && form.get('session') === signedIn.session.id;
  if (interaction.granted && !isSamePerson) throw provider.interactions.over(interaction.request);
  if (isSamePerson && !interaction.granted) await provider.store.recordAccountChoice(id, signedIn.session.id);
  return resumeAuthorization(provider, interaction);
}

interface AccountChoice {
  readonly id: string;
  readonly client: ClientDisplay;
  readonly person: Profile;
  readonly sessionId: string;
}

function selectAccountPage(view: View, { id, client, person, sessionId }: AccountChoice): Promise<string> {
  const name = displayNameOf(person);
  const content = html`${clientAndProviderTiles(client)}
    <div class="stack lead">
      <h1>Choose an account</h1>
      <p class="muted">
        to go on to <strong><bdi>${client.name}</bdi></strong>
      </p>
    </div>
    <div class="stack choices">
      <form method="post" action="/select-account/${id}">
        <input type="hidden" name="session" value="${sessionId}" />
        <button class="account-choice" type="submit">
          <span class="tile" aria-hidden="true">${initialOf(name)}</span>
          <span
            ><strong>Continue as <bdi>${name}</bdi></strong
            ><small><bdi>${person.username}</bdi>, signed in here</small></span
          >
        </button>
      </form>
      <a class="account-choice" href="/sign-in/${id}">
        <span class="tile" aria-hidden="true">+</span>
        <span
          ><strong>Use another account</strong
          ><small>Signs <bdi>${name}</bdi> out in this browser</small></span
        >
      </a>
    </div>
    <form method="post" action="/authorize/${id}/cancel">
      <button class="button quiet" type="submit">
        <span>Cancel and go back to <bdi>${client.name}</bdi></span>
      </button>
    </form>
    ${clientLinks(client)}`;
  return layout(view, 'Choose an account', content);
}
