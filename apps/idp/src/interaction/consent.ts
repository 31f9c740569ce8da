import { findCounting, isSameConsent, mergeConsent } from '../consent/consent-answer.ts';
import { requestedScopes } from '../consent/requested-scopes.ts';
import { describeScopes } from '../consent/scope-descriptions.ts';
import type { InteractionOf } from './interactions.ts';
import { readForm } from '../http/params.ts';
import type { RequestContext } from '../http/routes.ts';
import { displayNameOf } from '../identity/display-name.ts';
import type { Provider } from '../provider.ts';
import type { Consent } from '../store/index.ts';
import { consentPage } from './consent-page.ts';
import { resumeAuthorization, findSignedIn, interactionPage, leaveGrantedPage } from './interaction-page.ts';
import type { View } from './layout.ts';
import { displayHostOf, findClientDisplay } from './client-display.ts';

/** GET: who asks, for what, and what was said of it before. */
export async function showConsent(
  provider: Provider,
  view: View,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const interaction = await provider.interactions.require('authorize', request, context);
  if (interaction.granted) return leaveGrantedPage(provider, request, interaction, interaction.granted);
  const signedIn = await findSignedIn(provider, request);
  const client = provider.clients.find(interaction.request.clientId);
  if (!signedIn || !client) return resumeAuthorization(provider, interaction);
  const { person, session } = signedIn;
  const earlier = await provider.store.findConsent(person.sub, client.clientId);
  const asks = describeScopes(
    provider.access,
    requestedScopes(provider.access, client, interaction.request),
    person.claims,
  );
  const markup = consentPage(view, {
    id: interaction.id,
    sessionId: session.id,
    client: await findClientDisplay(provider, client.clientId),
    host: displayHostOf(interaction.request.redirectUri),
    personName: displayNameOf(person),
    asks,
    earlier,
  });
  return interactionPage(provider, interaction, markup);
}

/**
 * POST: remembers the answer of the person the page was shown to. The request's own list says what was asked; the
 * form only says what of it is allowed (P-15; P-03: hidden fields decide nothing).
 */
export async function answerConsent(
  provider: Provider,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const interaction = await provider.interactions.require('authorize', request, context);
  const answer = await readAnswer(provider, interaction, request);
  if (interaction.granted && !(answer && isSameConsent(answer, answer.earlier)))
    throw provider.interactions.over(interaction.request);
  if (!interaction.granted && answer) {
    await saveAnswer(provider, answer);
    await provider.store.recordConsent(interaction.id, answer.sub);
  }
  return resumeAuthorization(provider, interaction);
}

type ConsentAnswer = Pick<Consent, 'sub' | 'clientId' | 'asked' | 'allowed'> & {
  /** What this request asks for. */
  readonly requested: readonly string[];
  /** The answer that it takes the place of. */
  readonly earlier: Consent | undefined;
};

/** The answer of a form; undefined where another person is signed in by now, or the client is gone. */
async function readAnswer(
  provider: Provider,
  interaction: InteractionOf<'authorize'>,
  request: Request,
): Promise<ConsentAnswer | undefined> {
  const { clients, access, store } = provider;
  const form = await readForm(request);
  const session = (await findSignedIn(provider, request))?.session;
  const client = clients.find(interaction.request.clientId);
  if (!client || !session || form.get('session') !== session.id) return undefined;
  const [{ sub }, { clientId }] = [session, client];
  const requested = requestedScopes(access, client, interaction.request);
  // An answer to another name allows this one nothing, about no scope.
  const earlier = findCounting(client, await store.findConsent(sub, clientId));
  const merged = mergeConsent(earlier, { asked: requested, allowed: form.all('allow') });
  return { sub, clientId, requested, earlier, ...merged };
}

async function saveAnswer(
  { store, clock, observe }: Provider,
  { sub, clientId, requested, asked, allowed }: ConsentAnswer,
): Promise<void> {
  await store.saveConsent({ sub, clientId, asked, allowed, updatedAt: clock() });
  const refused = requested.filter((name) => !allowed.includes(name));
  observe({ type: 'consent.answered', clientId, sub, allowed, refused });
}
