import { sha256Base64url } from '../../crypto/index.ts';
import { authError, singleFlight } from '../../foundation/index.ts';
import { secondsForCalls } from '../../provider/index.ts';
import type { AccessTokenClaims } from '../../tokens/index.ts';
import type { ExchangedToken } from '../process-memory.ts';
import type { Site } from '../site.ts';
import { toTokenEndpointError } from '../token-endpoint/token-endpoint-error.ts';
import { createApiFetch } from './api-fetch.ts';
import { MARGIN_SECONDS, requestExchange } from './token-exchange.ts';

/** Of the verified token that an API was called with. */
export type Caller = Pick<AccessTokenClaims, 'sub' | 'sid'>;

/** How an API calls others for the person who called it. */
export interface OnBehalfOf<A extends string> {
  /** A token for another audience that names this API's client as the actor (`act`). For servers only. */
  readonly tokenFor: (audience: A) => Promise<string>;
  /** `fetch` with such a token, otherwise like `apiFetch`. */
  readonly fetch: (audience: A, url: string | URL, init?: RequestInit) => Promise<Response>;
}

/**
 * Lets an API act for the person who called it (RFC 8693 §4.1): it exchanges the request's own token, which its guard has
 * verified. Kept in memory by that token until 30 s before its end.
 *
 * @param caller the verified token, for the events
 */
export function createOnBehalfOf<A extends string>(
  site: Site,
  { headers }: Pick<Request, 'headers'>,
  caller: Caller,
): OnBehalfOf<A> {
  const tokenFor = async (audience?: string) =>
    audience === undefined
      ? refuseOwn()
      : exchangeForCaller(site, requirePresented(headers), caller, audience);
  const call = createApiFetch<string>(tokenFor, () => site.proofs);
  return { tokenFor, fetch: (audience, url, init) => call(audience, url, init) };
}

/** The API's guard has read the header before, and more strictly. */
function requirePresented(headers: Headers): string {
  const [, token] = /^(?:bearer|dpop) (\S+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  if (token !== undefined) return token;
  throw authError('bearer_missing', 'the request has no token to act with: call this after the guard');
}

/** An API has no token of its own here, and must not pass its caller's on. */
function refuseOwn(): never {
  throw authError('config_invalid', 'name the audience of the API to call');
}

async function exchangeForCaller(
  site: Site,
  subjectToken: string,
  caller: Caller,
  audience: string,
): Promise<string> {
  const key = await sha256Base64url(`behalf ${subjectToken} ${audience}`);
  const { token } = await singleFlight(site.memory.exchanges, key, {
    clock: site.clock,
    run: () => exchangeOnce(site, subjectToken, caller, audience),
    timeoutSeconds: secondsForCalls(2), // discovery and the exchange itself
    keepSeconds: ({ lifeSeconds }) => lifeSeconds - MARGIN_SECONDS,
  });
  return token;
}

async function exchangeOnce(
  site: Site,
  subjectToken: string,
  { sub, sid }: Caller,
  audience: string,
): Promise<ExchangedToken> {
  const subject = { ...site.names, sub, sid, audience };
  try {
    const tokens = await requestExchange(site, subjectToken, audience);
    const lifeSeconds = Math.floor(tokens.expires_in ?? 0);
    const expiresAt = site.clock() + lifeSeconds;
    site.observe({ type: 'token.exchanged', ...subject, actor: site.names.clientId, expiresAt });
    return { token: tokens.access_token, lifeSeconds };
  } catch (error) {
    const what = `no token for ${audience} to act with`;
    const failure = toTokenEndpointError(error, { code: 'token_exchange_rejected', what });
    const { code, message, transient } = failure;
    site.observe({ type: 'exchange.failed', ...subject, code, message, transient });
    throw failure;
  }
}
