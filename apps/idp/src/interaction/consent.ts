import { mergeConsent } from '../consent/consent-answer.ts';
import { requestedScopes } from '../consent/requested-scopes.ts';
import { describeScopes } from '../consent/scope-descriptions.ts';
import type { InteractionOf } from './interactions.ts';
import { readForm } from '../http/params.ts';
import { displayNameOf } from '../identity/display-name.ts';
import type { Provider } from '../provider.ts';
import { consentPage } from './consent-page.ts';
import { resumeAuthorization, findSignedIn, interactionPage } from './interaction-page.ts';
import type { View } from './layout.ts';
import { displayHostOf } from './client-display.ts';

/** GET: who asks, for what, and what was said of it before. */
export async function showConsent(
  provider: Provider,
  view: View,
  request: Request,
  id: string,
): Promise<Response> {
  const interaction = await provider.interactions.require(id, 'authorize', request);
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
    id,
    sid: session.sid,
    client,
    host: displayHostOf(interaction.request.redirectUri),
    personName: displayNameOf(person),
    asks,
    earlier,
  });
  return interactionPage(interaction, markup);
}

/**
 * POST: remembers the answer of the person the page was shown to. The request's own list says what was asked; the
 * form only says what of it is allowed (P-15; P-03: hidden fields decide nothing).
 */
export async function answerConsent(provider: Provider, request: Request, id: string): Promise<Response> {
  const interaction = await provider.interactions.require(id, 'authorize', request);
  const form = await readForm(request);
  const signedIn = await findSignedIn(provider, request);
  if (signedIn && form.get('sid') === signedIn.session.sid) {
    await saveAnswer(provider, interaction, signedIn.session.sub, form.all('allow'));
    await provider.store.recordConsent(id, signedIn.session.sub);
  }
  return resumeAuthorization(provider, interaction);
}

async function saveAnswer(
  { clients, access, store, clock, observe }: Provider,
  { request }: InteractionOf<'authorize'>,
  sub: string,
  ticked: readonly string[],
): Promise<void> {
  const client = clients.find(request.clientId);
  if (!client) return;
  const { clientId } = client;
  const asked = requestedScopes(access, client, request);
  const answer = mergeConsent(await store.findConsent(sub, clientId), { asked, allowed: ticked });
  await store.saveConsent({ ...answer, sub, clientId, updatedAt: clock() });
  const [allowed, refused] = [answer.allowed, asked.filter((name) => !answer.allowed.includes(name))];
  observe({ type: 'consent.answered', clientId, sub, allowed, refused });
}
