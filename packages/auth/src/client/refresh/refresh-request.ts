import * as oauth from 'oauth4webapi';
import { authError, type AuthError, isAuthError } from '../../foundation/index.ts';
import type { DiscoveredProvider } from '../../provider/index.ts';
import { personOf, renewSession, type Session } from '../../session/index.ts';
import type { Site } from '../site.ts';
import { findTokenError, toTokenEndpointError } from '../token-endpoint/token-endpoint-error.ts';
import { requireIdToken, requireOwnAccessToken, requireSameNonce } from '../token-endpoint/verify-tokens.ts';

/** After a failure that may pass with time, the provider is not asked again for this long, integer seconds (F-03). */
export const RETRY_SECONDS = 5;

/** Asks for new tokens (RFC 6749 §6). @throws AuthError `refresh_rejected`, `refresh_failed`, `provider_unavailable` */
export async function requestRefresh(
  site: Site,
  { metadata }: DiscoveredProvider,
  refreshToken: string,
): Promise<oauth.TokenEndpointResponse> {
  const { authentication, tokenRequest } = site.oauth;
  const client = site.oauth.client();
  try {
    const response = await oauth.refreshTokenGrantRequest(
      metadata,
      client,
      authentication,
      refreshToken,
      tokenRequest,
    );
    return await oauth.processRefreshTokenResponse(metadata, client, response);
  } catch (error) {
    const isFinal = findTokenError(error) === 'invalid_grant';
    throw toTokenEndpointError(error, {
      code: isFinal ? 'refresh_rejected' : 'refresh_failed',
      what: 'the session could not be renewed',
      // Every other refusal is about this site or the provider, not about the person: it must sign nobody out.
      isTransient: () => !isFinal,
    });
  }
}

/** The renewed session. The response must be about the same person (OIDC Core §12.2, K-09). */
export async function requireRenewed(
  site: Site,
  { keys }: DiscoveredProvider,
  session: Session,
  tokens: oauth.TokenEndpointResponse,
): Promise<Session> {
  const { sub } = session.claims;
  try {
    const claims =
      tokens.id_token === undefined
        ? undefined
        : await requireIdToken(site, keys, tokens, { nonce: undefined });
    if (claims && claims.sub !== sub)
      throw authError('refresh_rejected', 'the renewed ID token names another person: sign in again');
    if (claims) await requireSameNonce(claims, session.nonceHash);
    await requireOwnAccessToken(site, keys, tokens.access_token, sub);
    const renewed = renewSession(site, session, tokens, claims);
    const { accessTokenExpiresAt: expiresAt } = renewed;
    site.observe({ type: 'token.refreshed', ...site.names, ...personOf(renewed), expiresAt });
    return renewed;
  } catch (error) {
    if (!isAuthError(error) || !isPassing(error)) throw error;
    // The provider may have rotated the refresh token already: keep the new one and try again with it soon.
    observeRefreshFailure(site, session, error);
    const { refresh_token: refreshToken = session.refreshToken } = tokens;
    const refreshDueAt = site.clock() + RETRY_SECONDS;
    return { ...session, ...(refreshToken === undefined ? {} : { refreshToken }), refreshDueAt };
  }
}

/** Keys that can't be fetched, or that a cache in between serves from before a rotation, will be there in a while. */
const isPassing = ({ transient, code }: AuthError) => transient || code === 'token_key_unknown';

export function observeRefreshFailure(
  site: Site,
  session: Session,
  { code, message, transient }: AuthError,
): void {
  site.observe({ type: 'refresh.failed', ...site.names, ...personOf(session), code, message, transient });
}
