import * as oauth from 'oauth4webapi';
import {
  authError,
  type AuthError,
  isAuthError,
  sha256Base64url,
  singleFlight,
} from '../foundation/index.ts';
import type { Session } from '../session/index.ts';
import { CALL_SECONDS } from './dial.ts';
import { personOf } from './find-session.ts';
import { tokenCallFailure } from './oauth-failure.ts';
import type { Site } from './site.ts';

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
/** A token is handed out only while at least this much of its life is left, integer seconds. */
const MARGIN_SECONDS = 30;

/** Discovery and the exchange itself, integer seconds. */
const CALLS_SECONDS = 2 * CALL_SECONDS;

/** A token for another audience and the life it had when it came, integer seconds. */
export interface Exchanged {
  readonly token: string;
  readonly lifeSeconds: number;
}

/**
 * An access token for another audience, exchanged for the session's own (RFC 8693 §2.1). No rotation takes place, so
 * this works where no cookie can be set. Kept in memory until 30 s before its end, never in a cookie.
 *
 * @throws AuthError `token_exchange_rejected` when the provider refuses, `provider_unavailable`
 */
export async function exchangeToken(site: Site, session: Session, audience: string): Promise<string> {
  if (audience === site.audience) return session.accessToken;
  const key = await sha256Base64url(`${session.id} ${session.accessToken} ${audience}`);
  const { token } = await singleFlight(site.memory.exchanges, key, {
    clock: site.clock,
    run: () => exchangeOnce(site, session, audience),
    timeoutSeconds: CALLS_SECONDS,
    keepSeconds: ({ lifeSeconds }) => lifeSeconds - MARGIN_SECONDS,
  });
  return token;
}

async function exchangeOnce(site: Site, session: Session, audience: string): Promise<Exchanged> {
  const person = personOf(session);
  try {
    const tokens = await requestExchange(site, session, audience);
    const lifeSeconds = Math.floor(tokens.expires_in ?? 0);
    site.observe({
      type: 'token.exchanged',
      ...site.names,
      ...person,
      audience,
      expiresAt: site.clock() + lifeSeconds,
    });
    return { token: tokens.access_token, lifeSeconds };
  } catch (error) {
    const failure = exchangeFailure(error, audience);
    const { code, message, transient } = failure;
    site.observe({ type: 'exchange.failed', ...site.names, ...person, audience, code, message, transient });
    throw failure;
  }
}

function exchangeFailure(error: unknown, audience: string): AuthError {
  return isAuthError(error)
    ? error
    : tokenCallFailure(error, { code: 'token_exchange_rejected', what: `no token for ${audience}` });
}

async function requestExchange(
  site: Site,
  session: Session,
  audience: string,
): Promise<oauth.TokenEndpointResponse> {
  const { metadata } = await site.provider.discover();
  const { authentication, request } = site.oauth;
  const client = site.oauth.client();
  const parameters = {
    subject_token: session.accessToken,
    subject_token_type: ACCESS_TOKEN,
    resource: audience,
  };
  const response = await oauth.genericTokenEndpointRequest(
    metadata,
    client,
    authentication,
    TOKEN_EXCHANGE,
    parameters,
    request,
  );
  const tokens = await oauth.processGenericTokenEndpointResponse(metadata, client, response);
  // RFC 8693 §2.2.1: what came must be an access token, whatever else an exchange can issue.
  if (tokens['issued_token_type'] !== ACCESS_TOKEN) {
    throw authError(
      'token_exchange_rejected',
      `the exchange for ${audience} gave no access token: check the provider's answer`,
    );
  }
  return tokens;
}
