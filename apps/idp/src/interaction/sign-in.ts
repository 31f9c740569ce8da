import type { ProviderEvent } from '../events/provider-event.ts';
import { readForm } from '../http/params.ts';
import type { RequestContext } from '../http/routes.ts';
import type { InteractionOf } from './interactions.ts';
import { normalizeUsername } from '../identity/username.ts';
import type { Provider } from '../provider.ts';
import type { Person, SignOnSession } from '../store/index.ts';
import { interactionPage, leaveGrantedPage, resumeAuthorization } from './interaction-page.ts';
import { type Attempt, networkOf, type FailedAttempt } from '../throttle/index.ts';
import { findClientDisplay } from './client-display.ts';
import type { View } from './layout.ts';
import { signInPage } from './sign-in-page.ts';
import { type SignInRefusal, signInRefusal } from './sign-in-refusal.ts';

/** GET: the form of an authorization request that waits for a person. */
export async function showSignIn(
  provider: Provider,
  view: View,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const interaction = await provider.interactions.require('authorize', request, context);
  const { granted, chosenSessionId } = interaction;
  // Who chose one account and asks for the form now wants another one, which a granted request can't have.
  if (granted && chosenSessionId !== undefined) throw provider.interactions.over(interaction.request);
  if (granted) return leaveGrantedPage(provider, request, interaction, granted);
  return signInResponse(provider, view, interaction, { username: interaction.request.loginHint ?? '' });
}

/** POST: signs in and goes on with the waiting request, which the form can neither name nor change. */
export async function signIn(
  provider: Provider,
  view: View,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const interaction = await provider.interactions.require('authorize', request, context);
  const params = await readForm(request);
  const [username, password] = [params.get('username') ?? '', params.get('password') ?? ''];
  const device = provider.cookies.device.read(request);
  const attempt = { account: normalizeUsername(username), address: context.clientAddress(), device };
  const outcome = await provider.throttle.attempt(attempt, async () => {
    const person = await provider.people.authenticate(username, password);
    return person && openSession(provider, request, interaction, person);
  });
  if (outcome.kind === 'accepted') {
    const cookies = [outcome.value, await rememberDevice(provider, attempt)];
    return resumeAuthorization(provider, interaction, cookies);
  }
  provider.observe(refusalEvent(provider, outcome, attempt));
  // Only one that was verified: others cost a sender nothing, and would keep pages as if a person were there.
  if (outcome.kind === 'rejected') await provider.store.recordAnswer(interaction.id);
  return signInResponse(provider, view, interaction, {
    username: username.slice(0, 200),
    refusal: signInRefusal(outcome),
  });
}

/**
 * Opens the sign-on session, or renews the one that a first press of the button opened, and returns its cookie. Undefined
 * where the passphrase is no longer the person's.
 */
async function openSession(
  provider: Provider,
  request: Request,
  { id, sessionId, granted, request: waiting }: InteractionOf<'authorize'>,
  person: Person,
): Promise<string | undefined> {
  const { cookies, observe, signOn, store, interactions } = provider;
  if (granted && granted.sub !== person.sub) throw interactions.over(waiting);
  const signedIn = await signOn.signIn(person, cookies.sso.read(request), sessionId);
  if (!signedIn) return undefined;
  const { session, replaced, surplus, cookie } = signedIn;
  await store.recordSignIn(id, session.id);
  if (replaced) reportEnd(provider, { ...replaced, reason: 'other-person' });
  for (const ended of surplus)
    reportEnd(provider, { sub: person.sub, id: ended, reason: 'too-many-sessions' });
  observe({ type: 'sign-in.accepted', sub: session.sub, sessionId: session.id });
  return cookies.sso.serialize(cookie, provider.lifetimes.signOnSeconds);
}

function reportEnd(
  { observe, outbox }: Provider,
  {
    sub,
    id,
    reason,
  }: Pick<SignOnSession, 'sub' | 'id'> & { readonly reason: 'other-person' | 'too-many-sessions' },
): void {
  observe({ type: 'session.ended', sub, sessionId: id, reason });
  outbox.wake();
}

/** Gives the browser its device cookie: with it, guesses of others at the account don't lock its owner out. */
async function rememberDevice({ throttle, cookies }: Provider, attempt: Attempt): Promise<string> {
  const { value, maxAgeSeconds } = await throttle.rememberDevice(attempt);
  return cookies.device.serialize(value, maxAgeSeconds);
}

function refusalEvent(
  { auditNameOf }: Provider,
  outcome: FailedAttempt,
  { account, address }: Attempt,
): ProviderEvent {
  const tried = { account: auditNameOf(account), network: networkOf(address) };
  if (outcome.kind === 'rejected') return { type: 'sign-in.rejected', reason: 'credentials', ...tried };
  const { budget, retryAfterSeconds } = outcome;
  return { type: 'sign-in.throttled', budget, ...tried, retryAfterSeconds };
}

async function signInResponse(
  provider: Provider,
  view: View,
  interaction: InteractionOf<'authorize'>,
  { username, refusal }: { username: string; refusal?: SignInRefusal },
): Promise<Response> {
  const { id, request } = interaction;
  const client = await findClientDisplay(provider, request.clientId);
  const markup = signInPage(view, { id, client, username, problem: refusal?.problem });
  const { status = 200, headers = {} } = refusal ?? {};
  return interactionPage(provider, interaction, markup, { status, headers });
}
