import * as oauth from 'oauth4webapi';
import { sha256Base64url } from '../../crypto/index.ts';
import { authError, singleFlight } from '../../foundation/index.ts';
import { secondsForCalls } from '../../provider/index.ts';
import { personOf, type Session } from '../../session/index.ts';
import type { ExchangedToken } from '../process-memory.ts';
import type { Site } from '../site.ts';
import { askTokenEndpoint } from '../token-endpoint/ask-token-endpoint.ts';
import { toTokenEndpointError } from '../token-endpoint/token-endpoint-error.ts';
import { readTokenResponse } from '../token-endpoint/read-token-response.ts';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
/** A cached token is used only while at least this much of its life is left, integer seconds. */
export const MARGIN_SECONDS: number = 30;

/**
 * An access token for another audience, exchanged for the session's own (RFC 8693 §2.1). No rotation takes place, so
 * this works where no cookie can be set. Kept in memory until 30 s before its end, never in a cookie.
 *
 * @throws AuthError `token_exchange_rejected` when the provider refuses, `provider_unavailable`
 */
export async function exchangeToken(site: Site, session: Session, audience: string): Promise<string> {
  if (audience === site.audience) return session.accessToken;
  // A token from before a change of the person's permissions is refused where it would go.
  const { id, accessToken, permissionsChangedAt } = session;
  const key = await sha256Base64url(`${id} ${accessToken} ${audience} ${permissionsChangedAt ?? ''}`);
  const { token } = await singleFlight(site.memory.exchanges, key, {
    clock: site.clock,
    run: () => exchangeOnce(site, session, audience),
    timeoutSeconds: secondsForCalls(2), // discovery and the exchange itself
    keepSeconds: ({ lifeSeconds }) => lifeSeconds - MARGIN_SECONDS,
  });
  return token;
}

async function exchangeOnce(site: Site, session: Session, audience: string): Promise<ExchangedToken> {
  const person = personOf(session);
  try {
    const tokens = await requestExchange(site, session.accessToken, audience);
    const lifeSeconds = Math.floor(tokens.expires_in ?? 0);
    const expiresAt = site.clock() + lifeSeconds;
    site.observe({ type: 'token.exchanged', ...site.names, ...person, audience, expiresAt });
    return { token: tokens.access_token, lifeSeconds };
  } catch (error) {
    const call = { code: 'token_exchange_rejected', what: `no token for ${audience}` } as const;
    const failure = toTokenEndpointError(error, call);
    const { code, message, transient } = failure;
    site.observe({ type: 'exchange.failed', ...site.names, ...person, audience, code, message, transient });
    throw failure;
  }
}

/** @param proof of a browser's key, which the new token is to be bound to */
export async function sendExchange(
  site: Site,
  subjectToken: string,
  audience: string,
  proof?: string,
): Promise<Response> {
  const { metadata } = await site.provider.discover();
  const { authentication, request } = site.oauth;
  const client = site.oauth.client();
  const parameters = { subject_token: subjectToken, subject_token_type: ACCESS_TOKEN, resource: audience };
  const send = (extra: Pick<oauth.TokenEndpointRequestOptions, 'headers'>) => {
    const options = { ...request, ...extra };
    return oauth.genericTokenEndpointRequest(
      metadata,
      client,
      authentication,
      TOKEN_EXCHANGE,
      parameters,
      options,
    );
  };
  return proof === undefined ? askTokenEndpoint(site, metadata, send) : send({ headers: { dpop: proof } });
}

export async function requestExchange(
  site: Site,
  subjectToken: string,
  audience: string,
): Promise<oauth.TokenEndpointResponse> {
  const response = await sendExchange(site, subjectToken, audience);
  const { metadata } = await site.provider.discover();
  return requireAccessToken(await readTokenResponse(site, metadata, response), audience);
}

/** RFC 8693 §2.2.1: an exchange may issue other types of token, of which none may go out as a Bearer token. */
export function requireAccessToken(
  tokens: oauth.TokenEndpointResponse,
  audience: string,
): oauth.TokenEndpointResponse {
  if (tokens['issued_token_type'] === ACCESS_TOKEN) return tokens;
  throw authError(
    'token_exchange_rejected',
    `the exchange for ${audience} gave no access token: check the provider's answer`,
  );
}
