import { type AuthError, isAuthError } from '../../foundation/index.ts';
import {
  consumeOnce,
  createSession,
  openSession,
  personOf,
  type Session,
  type Transaction,
} from '../../session/index.ts';
import { failureResponse } from '../http/failure-page.ts';
import { toFailure } from '../http/failure.ts';
import { isNavigation } from '../http/navigation.ts';
import { noStoreResponse, seeSitePage } from '../http/responses.ts';
import { askedCookie, signedInCookie } from '../silent/silent-cookie.ts';
import type { Site } from '../site.ts';
import { hashNonce, requireIdToken, requireOwnAccessToken } from '../token-endpoint/verify-tokens.ts';
import { ProviderRefusal, requireAuthorizationResponse } from './authorization-response.ts';
import { type CallbackContext, readCallbackContext } from './callback-context.ts';
import { redeemCode } from './redeem-code.ts';
import { handleUnsolicitedResponse } from './unsolicited-response.ts';
import { withUserinfo } from './userinfo.ts';

/** `GET /auth/callback`: the authorization response becomes a session, or one page with a way on. */
export async function handleCallback(site: Site, request: Request): Promise<Response> {
  if (!isNavigation(request)) return noStoreResponse(null, { status: 401 });
  const context = await readCallbackContext(site, request);
  const { transaction } = context;
  if (!transaction) return handleUnsolicitedResponse(site, context);
  try {
    if (!(await consumeTransaction(site, transaction))) return await handleUnsolicitedResponse(site, context);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    // Nothing was consumed, so the cookie stays: the same response may be tried again.
    return rejectCallback(site, { ...context, cookies: [] }, transaction, error);
  }
  return finishLogin(site, context, transaction);
}

/** A copied login cookie must not be accepted twice (P-14), whether or not the provider's codes are single-use. */
async function consumeTransaction(site: Site, { id, kind, startedAt }: Transaction): Promise<boolean> {
  if (kind === 'logout') return false;
  return consumeOnce(site, 'login', id, startedAt + site.lifetimes.transactionSeconds);
}

async function finishLogin(
  site: Site,
  context: CallbackContext,
  transaction: Transaction,
): Promise<Response> {
  try {
    const session = await signIn(site, transaction, context);
    return await redirectSignedIn(site, context, session);
  } catch (error) {
    if (!isAuthError(error)) throw error;
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
  const response = requireAuthorizationResponse(site, metadata, parameters); // from the provider that was asked, RFC 9207
  const issuedAt = site.clock(); // a logout that arrives from here on ends this session too, B-07
  const tokens = await redeemCode(site, metadata, response, transaction); // PKCE, RFC 7636
  site.observe({ type: 'code.consumed', ...site.names, stateHash });
  const idToken = await requireIdToken(site, keys, tokens, transaction); // its signature too, though it came over TLS, G3
  await requireOwnAccessToken(site, keys, tokens.access_token, idToken.sub); // RFC 9068 §4
  const claims = await withUserinfo(site, metadata, tokens.access_token, idToken); // names and pictures only
  return createSession(site, tokens, claims, { issuedAt, nonceHash: await hashNonce(transaction.nonce) });
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
  return seeSitePage(site, returnTo, [...opened, ...cookies, signedInCookie(site, request)]);
}

/** A silent sign-in that found nobody is no failure to the person, who gets the page they came for. */
function rejectCallback(
  site: Site,
  context: CallbackContext,
  { kind }: Transaction,
  error: AuthError,
): Response {
  const { stateHash, returnTo, cookies } = context;
  const { code, message, cause } = error;
  const refusal = cause instanceof ProviderRefusal ? { providerError: cause.error } : {};
  site.observe({ type: 'callback.rejected', ...site.names, stateHash, code, message, ...refusal });
  if (kind === 'silent') return seeSitePage(site, returnTo, [...cookies, askedCookie(site)]);
  return failureResponse(site, toFailure(site, error, returnTo), cookies);
}
