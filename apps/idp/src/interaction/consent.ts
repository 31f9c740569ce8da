import { mergeAnswer } from '../consent/consent-answer.ts';
import { askedOf } from '../consent/requested-scopes.ts';
import { inPlainWords } from '../consent/scope-descriptions.ts';
import type { HeldOf } from './interactions.ts';
import { readForm } from '../http/params.ts';
import { displayNameOf } from '../identity/display-name.ts';
import type { Provider } from '../provider.ts';
import { consentPage } from './consent-page.ts';
import { resumeAuthorization, findSignedIn, heldPage } from './held-page.ts';
import type { View } from './layout.ts';
import { displayHostOf } from './client-display.ts';

/** GET: who asks, for what, and what was said of it before. */
export async function showConsent(
  provider: Provider,
  view: View,
  request: Request,
  id: string,
): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  const signedIn = await findSignedIn(provider, request);
  const client = provider.clients.find(held.pending.clientId);
  if (!signedIn || !client) return resumeAuthorization(provider, held);
  const { person, session } = signedIn;
  const earlier = await provider.store.findConsent(person.sub, client.clientId);
  const asks = inPlainWords(provider.access, askedOf(provider.access, client, held.pending), person.claims);
  const markup = consentPage(view, {
    id,
    sid: session.sid,
    client,
    host: displayHostOf(held.pending.redirectUri),
    personName: displayNameOf(person),
    asks,
    earlier,
  });
  return heldPage(held, markup);
}

/**
 * POST: remembers the answer of the person the page was shown to. The request's own list says what was asked; the
 * form only says what of it is allowed (P-15; P-03: hidden fields decide nothing).
 */
export async function answerConsent(provider: Provider, request: Request, id: string): Promise<Response> {
  const held = await provider.held.require(id, 'authorize', request);
  const form = await readForm(request);
  const signedIn = await findSignedIn(provider, request);
  if (signedIn && form.get('sid') === signedIn.session.sid) {
    await saveAnswer(provider, held, signedIn.session.sub, form.all('allow'));
    await provider.store.noteConsent(id, signedIn.session.sub);
  }
  return resumeAuthorization(provider, held);
}

async function saveAnswer(
  { clients, access, store, clock, observe }: Provider,
  { pending }: HeldOf<'authorize'>,
  sub: string,
  ticked: readonly string[],
): Promise<void> {
  const client = clients.find(pending.clientId);
  if (!client) return;
  const { clientId } = client;
  const asked = askedOf(access, client, pending);
  const answer = mergeAnswer(await store.findConsent(sub, clientId), { asked, allowed: ticked });
  await store.saveConsent({ ...answer, sub, clientId, updatedAt: clock() });
  const [allowed, refused] = [answer.allowed, asked.filter((name) => !answer.allowed.includes(name))];
  observe({ type: 'consent.answered', clientId, sub, allowed, refused });
}
