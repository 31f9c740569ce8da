import { authError, isAuthError } from '../../foundation/index.ts';
import {
  consumeOnce,
  createSession,
  openSession,
  personOf,
  type Session,
  toRevocable,
  type Transaction,
} from '../../session/index.ts';
import { isNavigation } from '../http/navigation.ts';
import { noStoreResponse, seeSitePage } from '../http/responses.ts';
import { dropPostponedLogout } from '../logout/postponed-logout.ts';
import { signedInCookie } from '../silent/silent-cookie.ts';
import type { Site } from '../site.ts';
import { hashNonce, requireIdToken, requireOwnAccessToken } from '../token-endpoint/verify-tokens.ts';
import { inspectAnswer } from './inspect-answer.ts';
import { type CallbackContext, readCallbackContext } from './callback-context.ts';
import { publishOutcome } from './login-outcome.ts';
import { redeemCode } from './redeem-code.ts';
import { rejectCallback } from './reject-callback.ts';
import { handleRepeatedResponse } from './repeated-response.ts';
import { handleUnsolicitedResponse } from './unsolicited-response.ts';
import { withUserinfo } from './userinfo.ts';

/** `GET /auth/callback`: the authorization response becomes a session, or one page with a way on. */
export async function handleCallback(site: Site, request: Request): Promise<Response> {
  if (!isNavigation(request)) return noStoreResponse(null, { status: 401 });
  const context = await readCallbackContext(site, request);
  const { transaction } = context;
  if (!transaction) return handleUnsolicitedResponse(site, context);
  try {
    if (transaction.kind === 'logout') return await handleUnsolicitedResponse(site, context);
    if (!(await consumeTransaction(site, transaction)))
      return await handleRepeatedResponse(site, context, transaction);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    // Nothing was consumed, so the cookie stays: the same response may be tried again.
    return rejectCallback(site, { ...context, cookies: [] }, transaction, error);
  }
  return finishLogin(site, context, transaction);
}

/** A copied login cookie must not be accepted twice (P-14), whether or not the provider's codes are single-use. */
function consumeTransaction(site: Site, { id, startedAt }: Transaction): Promise<boolean> {
  return consumeOnce(site, 'login', id, startedAt + site.lifetimes.transactionSeconds);
}

async function finishLogin(
  site: Site,
  context: CallbackContext,
  transaction: Transaction,
): Promise<Response> {
  try {
    const session = await signIn(site, transaction, context);
    await requireNotSignedOut(site, session);
    const response = await redirectSignedIn(site, context, session);
    await publishOutcome(site, transaction, 'signed-in');
    return response;
  } catch (error) {
    if (!isAuthError(error)) throw error;
    await publishOutcome(site, transaction, error.code === 'callback_code' ? 'code-refused' : 'failed');
    return rejectCallback(site, context, transaction, error);
  }
}

/** The steps of a login, in order. Each throws, and nothing after it runs. */
async function signIn(
  site: Site,
  transaction: Transaction,
  { parameters, stateHash }: CallbackContext,
): Promise<Session> {
  const { metadata, keys } = await site.provider.discover();
  const response = await inspectAnswer(site, { metadata, parameters, stateHash }); // from the provider that was asked, RFC 9207
  const moment = { issuedAt: site.clock(), arrivedAt: site.memory.arrivals() }; // a logout that arrives from here on ends this session too, B-07
  const tokens = await redeemCode(site, metadata, response, transaction); // PKCE, RFC 7636
  site.observe({ type: 'code.consumed', ...site.names, stateHash });
  const idToken = await requireIdToken(site, keys, tokens, transaction); // its signature too, though it came over TLS, G3
  await requireOwnAccessToken(site, keys, tokens.access_token, idToken.sub); // RFC 9068 §4
  const claims = await withUserinfo(site, metadata, tokens.access_token, idToken); // names and pictures only
  return createSession(site, tokens, claims, { ...moment, nonceHash: await hashNonce(transaction.nonce) });
}

/** B-07: the person was signed out everywhere while the code was being redeemed. @throws AuthError `session_invalid` */
async function requireNotSignedOut(site: Site, session: Session): Promise<void> {
  if (!(await site.revocations.isRevoked({ ...toRevocable(session), isOpening: true }))) return;
  throw authError(
    'session_invalid',
    'the person was signed out while this login was under way: start it again',
  );
}

/** Opens the session and answers 303 to the page the person wanted: a clean address, without code and state (G-02). */
async function redirectSignedIn(
  site: Site,
  { request, returnTo, cookies, stateHash }: CallbackContext,
  session: Session,
): Promise<Response> {
  const opened = await openSession(site, session, request.headers.get('cookie'));
  site.observe({ type: 'callback.accepted', ...site.names, ...personOf(session), stateHash });
  site.observe({ type: 'session.opened', ...site.names, ...personOf(session) });
  const done = dropPostponedLogout(site, request.headers.get('cookie')); // whoever signs in again means to be signed in, B-22
  return seeSitePage(site, returnTo, [...opened, ...cookies, ...done, signedInCookie(site, request)]);
}
