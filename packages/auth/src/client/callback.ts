import { type AuthError, isAuthError, safeReturnTo, sha256Base64url } from '../foundation/index.ts';
import {
  type CookieChange,
  openState,
  type ReadState,
  type Session,
  type Transaction,
} from '../session/index.ts';
import { answerStray } from './callback-stray.ts';
import { answerFailure } from './failure-page.ts';
import { failureOf } from './failures.ts';
import { enterSite } from './enter-site.ts';
import { createSession } from './new-session.ts';
import { dropPending, findPending } from './pending.ts';
import { ProviderRefusal, redeemCode, requireAnswer } from './redeem-code.ts';
import { isNavigation } from './request-kinds.ts';
import { privateResponse, seeOwnPage } from './responses.ts';
import { askedMarker } from './silent-cookie.ts';
import type { Site } from './site.ts';
import { spendOnce } from './spend.ts';
import { withUserinfo } from './userinfo.ts';
import { hashOfNonce, requireIdentity, requireOwnAccessToken } from './verify-tokens.ts';

/** An answer of the provider as it arrived, and what of it this browser asked for. */
export interface Arrival {
  readonly request: Request;
  readonly parameters: URLSearchParams;
  readonly state: ReadState;
  readonly stateHash: string;
  /** The question it answers; `undefined` when this browser asked none, or too long ago. */
  readonly transaction: Transaction | undefined;
  /** A path of this site. */
  readonly returnTo: string;
  /** Takes the question's cookie away: it is used up, whatever comes of it. */
  readonly used: readonly CookieChange[];
}

/** `GET /auth/callback`: the provider's answer becomes a session, or one page with a way on. */
export async function answerCallback(site: Site, request: Request): Promise<Response> {
  if (!isNavigation(request)) return privateResponse(null, { status: 401 });
  const arrival = await readArrival(site, request);
  const { transaction } = arrival;
  if (!transaction) return answerStray(site, arrival);
  try {
    if (!(await isFirstUse(site, transaction))) return await answerStray(site, arrival);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    // Nothing is used up yet: the same answer may be tried again.
    return rejectCallback(site, { ...arrival, used: [] }, transaction, error);
  }
  return finishLogin(site, arrival, transaction);
}

async function finishLogin(site: Site, arrival: Arrival, transaction: Transaction): Promise<Response> {
  try {
    const session = await signIn(site, transaction, arrival);
    return await enterSite(site, arrival, session);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return rejectCallback(site, arrival, transaction, error);
  }
}

/** The steps of a login, in order. Each throws, and nothing after it runs. */
async function signIn(
  site: Site,
  transaction: Transaction,
  { parameters, stateHash }: Arrival,
): Promise<Session> {
  const { metadata, keys } = await site.provider.discover();
  const answer = requireAnswer(site, metadata, parameters); // from the provider that was asked, RFC 9207
  const issuedAt = site.clock(); // a logout that arrives from here on ends this session too, B-07
  const tokens = await redeemCode(site, metadata, answer, transaction); // PKCE, RFC 7636
  site.observe({ type: 'code.consumed', ...site.names, stateHash });
  const claims = await requireIdentity(site, keys, tokens, transaction); // signature and claims, G3
  await requireOwnAccessToken(site, keys, tokens.access_token, claims.sub); // RFC 9068 §4
  const told = await withUserinfo(site, metadata, tokens.access_token, claims); // names and pictures only
  return createSession(site, tokens, told, { issuedAt, nonceHash: await hashOfNonce(transaction.nonce) });
}

async function readArrival(site: Site, request: Request): Promise<Arrival> {
  const { searchParams: parameters } = new URL(request.url);
  // A parameter that is sent twice is read by no one (RFC 6749 §3.1).
  const [sent = '', ...more] = parameters.getAll('state');
  const text = more.length === 0 ? sent : '';
  const state = await openState(site.sealer, text);
  // Login CSRF (RFC 6749 §10.12, P-12): only a question that this very browser was sent with may be answered.
  const transaction = await findPending(site, request, state.id);
  return {
    request,
    parameters,
    state,
    stateHash: await sha256Base64url(text),
    transaction,
    // Our own seal vouches for it, and it is checked again all the same: this is where an open redirect would be.
    returnTo: safeReturnTo(state.wayBack?.returnTo, site.baseUrl, `${site.basePath}/`),
    used: dropPending(site, state.id),
  };
}

/** A copied login cookie must not answer twice (P-14); the provider's single-use code is the second lock. */
async function isFirstUse(site: Site, { id, kind, startedAt }: Transaction): Promise<boolean> {
  if (kind === 'logout') return false;
  return spendOnce(site, 'login', id, startedAt + site.lifetimes.transactionSeconds);
}

/** A silent question that found nobody is no failure to the person: they see the page they came for. */
function rejectCallback(site: Site, arrival: Arrival, { kind }: Transaction, error: AuthError): Response {
  const refusal = error.cause instanceof ProviderRefusal ? { providerError: error.cause.error } : {};
  const { code, message } = error;
  site.observe({
    type: 'callback.rejected',
    ...site.names,
    stateHash: arrival.stateHash,
    code,
    message,
    ...refusal,
  });
  if (kind === 'silent') return seeOwnPage(site, arrival.returnTo, [...arrival.used, askedMarker(site)]);
  return answerFailure(site, failureOf(site, error, arrival.returnTo), arrival.used);
}
