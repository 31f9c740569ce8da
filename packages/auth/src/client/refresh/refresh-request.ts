import * as oauth from 'oauth4webapi';
import { authError, type AuthError, isAuthError } from '../../foundation/index.ts';
import type { DiscoveredProvider, ProviderMetadata } from '../../provider/index.ts';
import { personOf, renewSession, type Session } from '../../session/index.ts';
import type { Site } from '../site.ts';
import { askTokenEndpoint } from '../token-endpoint/ask-token-endpoint.ts';
import { findTokenError, toTokenEndpointError } from '../token-endpoint/token-endpoint-error.ts';
import { readTokenResponse } from '../token-endpoint/read-token-response.ts';
import { requireIdToken, requireOwnAccessToken, requireSameNonce } from '../token-endpoint/verify-tokens.ts';

/** After a failure that may pass with time, the provider is not asked again for this long, integer seconds (F-03). */
export const RETRY_SECONDS = 5;

/** What the provider answered: new tokens, or nothing usable but the refresh token that replaces the old one. */
export type RefreshAnswer =
  | { readonly kind: 'tokens'; readonly tokens: oauth.TokenEndpointResponse }
  | ({ readonly kind: 'rotated' } & RotatedOnly);

interface RotatedOnly {
  readonly error: AuthError;
  readonly rotated: string;
}

/** Asks for new tokens (RFC 6749 §6). @throws AuthError `refresh_rejected`, `refresh_failed`, `provider_unavailable` */
export async function requestRefresh(
  site: Site,
  { metadata }: DiscoveredProvider,
  refreshToken: string,
): Promise<RefreshAnswer> {
  let rotated: string | undefined;
  try {
    const response = await sendRefresh(site, metadata, refreshToken);
    rotated = await findRefreshToken(response.clone());
    return { kind: 'tokens', tokens: await readTokenResponse(site, metadata, response) };
  } catch (caught) {
    const isFinal = findTokenError(caught) === 'invalid_grant';
    const error = toTokenEndpointError(caught, {
      code: isFinal ? 'refresh_rejected' : 'refresh_failed',
      what: 'the session could not be renewed',
      // Every other refusal is about this site or the provider, not about the person: it must sign nobody out.
      isTransient: () => !isFinal,
    });
    if (rotated !== undefined) return { kind: 'rotated', error, rotated };
    throw error;
  }
}

function sendRefresh(site: Site, metadata: ProviderMetadata, refreshToken: string): Promise<Response> {
  const { authentication, tokenRequest } = site.oauth;
  const client = site.oauth.client();
  return askTokenEndpoint(site, metadata, (proof) =>
    oauth.refreshTokenGrantRequest(metadata, client, authentication, refreshToken, {
      ...tokenRequest,
      ...proof,
    }),
  );
}

/** The refresh token of an answer, usable or not. */
async function findRefreshToken(response: Response): Promise<string | undefined> {
  if (response.status !== 200) return undefined;
  try {
    const answer: unknown = await response.json();
    const isObject = typeof answer === 'object' && answer !== null && 'refresh_token' in answer;
    return isObject && typeof answer.refresh_token === 'string' ? answer.refresh_token : undefined;
  } catch {
    return undefined; // no JSON, which whoever reads the answer says
  }
}

/** The session as it was, with the refresh token that counts from now on: the old one is used up. */
export function keepRotated(site: Site, session: Session, { error, rotated }: RotatedOnly): Session {
  observeRefreshFailure(site, session, error);
  return { ...session, refreshToken: rotated, refreshDueAt: site.clock() + RETRY_SECONDS };
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
    const { refresh_token: rotated = session.refreshToken } = tokens;
    if (rotated === undefined) throw error;
    // Tried again soon, with the refresh token that the provider may have rotated already.
    return keepRotated(site, session, { error, rotated });
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
