import type { Client } from '../../../clients/client.ts';
import { GRANT_TYPES } from '../../../clients/metadata-values.ts';
import { OAuthError } from '../../../http/oauth-error.ts';
import type { Params } from '../../../http/params.ts';
import type { Provider } from '../../../provider.ts';
import { equalHashes, sha256 } from '../../../foundation/secrets.ts';
import type { ActiveGrant, Grant } from '../../../store/index.ts';
import { isPublic } from '../client-authentication.ts';
import { namesOf } from '../grant-names.ts';
import { findSettled } from '../settled.ts';
import { renderTokenResponse } from '../token-response.ts';
import { createRefreshTokenFamily } from '../refresh-token-format.ts';
import { requireAudience } from '../scope.ts';
import { withinConsent } from '../within-consent.ts';

/** Redeems an authorization code (RFC 6749 §4.1.3, OIDC Core §3.1.3). */
export async function handleAuthorizationCode(
  provider: Provider,
  client: Client,
  params: Params,
  jkt: string | undefined,
): Promise<string> {
  const code = params.get('code');
  if (code === undefined) throw new OAuthError('invalid_request', 'code is missing');
  const family = client.grantTypes.includes(GRANT_TYPES.refresh) ? createRefreshTokenFamily() : undefined;
  const grant = await provider.store.consumeCode({
    codeHash: sha256(code),
    clientId: client.clientId,
    now: provider.clock(),
    familyHash: family?.familyHash ?? null,
    tokenHash: family?.tokenHash ?? null,
    // A client that proves itself is what binds its refresh tokens (RFC 9449 §5).
    dpopJkt: (isPublic(client) ? jkt : undefined) ?? null,
  });
  if (!grant) throw await refuseCode(provider, client, sha256(code));
  provider.observe({ type: 'code.consumed', ...namesOf(grant) });
  const active = await findSettled(provider, () => findGrant(provider, grant.id));
  const audience = await revokingOnFailure(provider, grant, () => {
    requireSameRedirect(grant, params);
    requireCodeVerifier(grant, params);
    requireBoundKey(grant, jkt);
    return requireAudience(provider, client, active?.grant ?? grant, params);
  });
  if (!active) throw invalidGrant();
  return renderTokenResponse(provider, {
    ...active,
    client,
    audience,
    scope: undefined,
    jkt,
    refreshToken: family?.value,
    nonce: grant.details.nonce,
  });
}

/** The grant as it counts now: the consent may have been changed since the code was given out. */
async function findGrant(provider: Provider, grantId: string): Promise<ActiveGrant | undefined> {
  const active = await provider.store.findActiveGrant(grantId, provider.clock());
  return active && withinConsent(provider, active);
}

/**
 * P-05: a code that comes a second time has leaked, and either sender may be the thief. Nobody can tell which, so
 * the grant is revoked with all its tokens (RFC 6749 §4.1.2, RFC 9700 §2.1.1).
 */
async function refuseCode(provider: Provider, client: Client, codeHash: string): Promise<OAuthError> {
  const grant = await provider.store.findGrantOfConsumedCode(codeHash, client.clientId);
  if (grant) {
    await provider.store.revokeGrant(grant.id, provider.clock());
    provider.observe({ type: 'code.replayed', ...namesOf(grant) });
  }
  return invalidGrant();
}

/** The code is consumed by now, so a request that fails these checks gets no second try with it. */
async function revokingOnFailure<T>(provider: Provider, grant: Grant, check: () => T): Promise<T> {
  try {
    return check();
  } catch (error) {
    await provider.store.revokeGrant(grant.id, provider.clock());
    throw error;
  }
}

/** P-06: the code was sent to one address; presenting another means it was taken on the way (RFC 6749 §4.1.3). */
function requireSameRedirect({ details }: Grant, params: Params): void {
  if (params.get('redirect_uri') !== details.redirectUri) throw invalidGrant();
}

const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/**
 * P-08: only whoever made the challenge has the verifier. P-09: a verifier for a code without challenge is a
 * downgrade: an attacker stripped the challenge on its way (RFC 9700 §4.8.2).
 */
function requireCodeVerifier({ details }: Grant, params: Params): void {
  const verifier = params.get('code_verifier');
  if (details.codeChallenge === undefined) {
    if (verifier !== undefined) throw invalidGrant();
    return;
  }
  const isRight =
    verifier !== undefined && VERIFIER.test(verifier) && equalHashes(sha256(verifier), details.codeChallenge);
  if (!isRight) throw invalidGrant();
}

/** RFC 9449 §10: a code that was asked for with a key is worth nothing to whoever can't prove that key. */
function requireBoundKey({ details: { dpopJkt } }: Grant, jkt: string | undefined): void {
  if (dpopJkt !== undefined && dpopJkt !== jkt) throw invalidGrant();
}

function invalidGrant(): OAuthError {
  return new OAuthError(
    'invalid_grant',
    'the code is unknown, used, expired, or was issued for another request',
  );
}
