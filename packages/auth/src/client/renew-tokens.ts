import * as oauth from 'oauth4webapi';
import { authError, type AuthError, isAuthError } from '../foundation/index.ts';
import type { Session } from '../session/index.ts';
import { personOf } from './find-session.ts';
import { renewSession } from './new-session.ts';
import { tokenCallFailure, tokenErrorOf } from './oauth-failure.ts';
import type { DiscoveredProvider } from './provider.ts';
import type { Site } from './site.ts';
import { requireIdentity, requireOldNonce, requireOwnAccessToken } from './verify-tokens.ts';

/** After a failure that time may heal, the provider is left alone for this long, integer seconds (F-03). */
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
    const isFinal = tokenErrorOf(error) === 'invalid_grant';
    throw tokenCallFailure(error, {
      code: isFinal ? 'refresh_rejected' : 'refresh_failed',
      what: 'the session could not be renewed',
      // Every other refusal speaks about this site or the provider, not about the person: it must sign nobody out.
      isTransient: () => !isFinal,
    });
  }
}

/** The renewed session; the person must be the same (OIDC Core §12.2, K-09). */
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
        : await requireIdentity(site, keys, tokens, { nonce: undefined });
    if (claims && claims.sub !== sub)
      throw authError('refresh_rejected', 'the renewed ID token names another person: sign in again');
    if (claims) await requireOldNonce(claims, session.nonceHash);
    await requireOwnAccessToken(site, keys, tokens.access_token, sub);
    const renewed = renewSession(site, session, tokens, claims);
    const { accessTokenExpiresAt: expiresAt } = renewed;
    site.observe({ type: 'token.refreshed', ...site.names, ...personOf(renewed), expiresAt });
    return renewed;
  } catch (error) {
    if (!isAuthError(error) || !isCurable(error)) throw error;
    // The provider may have rotated the refresh token already: keep the new one, and try again with it in a moment.
    tellFailure(site, session, error);
    const { refresh_token: refreshToken = session.refreshToken } = tokens;
    const refreshDueAt = site.clock() + RETRY_SECONDS;
    return { ...session, ...(refreshToken === undefined ? {} : { refreshToken }), refreshDueAt };
  }
}

/** Keys that can't be had, or lag behind a rotation (a cache in between), will be there in a while. */
const isCurable = ({ transient, code }: AuthError) => transient || code === 'token_key_unknown';

export function tellFailure(site: Site, session: Session, { code, message, transient }: AuthError): void {
  site.observe({ type: 'refresh.failed', ...site.names, ...personOf(session), code, message, transient });
}
