import type { AccessTokenClaims } from '@sso/auth/tokens';
import type { Provider } from '../../provider.ts';
import { randomId } from '../../foundation/secrets.ts';
import type { ActiveGrant } from '../../store/index.ts';
import { isAbout } from './token-reader.ts';

/** Stands where a grant's id, 22 random characters, would. */
const CLIENT_ITSELF = 'client';

/** `<grant>.<random>`: tells the provider's own endpoints which grant a token came from. */
export function createJti(grantId: string = CLIENT_ITSELF): string {
  return `${grantId}.${randomId(8)}`;
}

/** The grant that a token of ours came from, by its `jti`; undefined for one that a client got for itself. */
export function grantIdOfJti(jti: string): string | undefined {
  const [grantId] = jti.split('.', 1);
  return grantId === CLIENT_ITSELF ? undefined : grantId;
}

/**
 * The grant behind an access token of ours, and its person as they are now. Undefined once the token was revoked, or
 * the grant, the session or the account has ended: T-36, T-38.
 */
export async function findGrantOfToken(
  provider: Provider,
  claims: AccessTokenClaims,
): Promise<ActiveGrant | undefined> {
  const { jti } = claims;
  const grantId = grantIdOfJti(jti);
  if (grantId === undefined) return undefined;
  const active = await provider.store.findActiveGrantOfToken(grantId, jti, provider.clock());
  return active && isAbout(provider, claims, active.person) ? active : undefined;
}
