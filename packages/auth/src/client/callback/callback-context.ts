import { sha256Base64url } from '../../crypto/index.ts';
import { safeReturnTo } from '../../foundation/index.ts';
import { type CookieChange, openState, type ParsedState, type Transaction } from '../../session/index.ts';
import { findTransaction, removeTransactionCookie } from '../login/transaction-cookies.ts';
import type { Site } from '../site.ts';

/** A request to the callback, and what of it this browser asked for. */
export interface CallbackContext {
  readonly request: Request;
  /** The authorization response (RFC 6749 §4.1.2), not checked yet. */
  readonly parameters: URLSearchParams;
  readonly state: ParsedState;
  readonly stateHash: string;
  /** The transaction that it answers; `undefined` when this browser began none, or too long ago. */
  readonly transaction: Transaction | undefined;
  /** A path of this site. */
  readonly returnTo: string;
  /** Removes the transaction's cookie: the transaction is over, whatever comes of it. */
  readonly cookies: readonly CookieChange[];
}

export async function readCallbackContext(site: Site, request: Request): Promise<CallbackContext> {
  const { searchParams: parameters } = new URL(request.url);
  // A parameter that is sent twice is ignored (RFC 6749 §3.1).
  const [sent = '', ...more] = parameters.getAll('state');
  const text = more.length === 0 ? sent : '';
  const state = await openState(site.transactionSealer, text);
  return {
    request,
    parameters,
    state,
    stateHash: await sha256Base64url(text),
    // Login CSRF (RFC 6749 §10.12, P-12): only a request that this very browser was sent with may be answered.
    transaction: await findTransaction(site, request, state.id),
    // Only this site can have sealed it. It is checked again all the same, for an open redirect would be here.
    returnTo: safeReturnTo(state.payload?.returnTo, site.baseUrl, `${site.basePath}/`),
    cookies: removeTransactionCookie(site, state.id),
  };
}
