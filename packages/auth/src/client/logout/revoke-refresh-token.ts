import * as oauth from 'oauth4webapi';
import type { ProviderMetadata } from '../../provider/index.ts';
import type { Site } from '../site.ts';
import { toTokenEndpointError } from '../token-endpoint/token-endpoint-error.ts';
import type { EndedSession } from './ended-session.ts';

/**
 * Revokes the session's refresh token at the provider (RFC 7009 §2.1), for a provider may have no sign-out, or tokens that
 * outlive it. The session is over here already, so a failure is only observed.
 *
 * @returns `later` where the same may succeed another time
 */
export async function revokeRefreshToken(
  site: Site,
  metadata: ProviderMetadata,
  { sub, sid, refreshToken }: EndedSession,
): Promise<'done' | 'later'> {
  if (refreshToken === undefined || metadata.revocation_endpoint === undefined) return 'done';
  const { authentication, request } = site.oauth;
  const hint = { additionalParameters: { token_type_hint: 'refresh_token' } };
  try {
    const client = site.oauth.client();
    const options = { ...request, ...hint };
    const response = await oauth.revocationRequest(metadata, client, authentication, refreshToken, options);
    await oauth.processRevocationResponse(response);
    return 'done';
  } catch (error) {
    const { code, message, transient } = toTokenEndpointError(error, {
      code: 'provider_unavailable',
      what: 'the refresh token could not be revoked',
    });
    site.observe({ type: 'revocation.failed', ...site.names, sub, sid, code, message });
    return transient ? 'later' : 'done';
  }
}
