import type { AccessTokenClaims } from '@sso/auth/tokens';
import type { Provider } from '../../provider.ts';
import type { ActiveGrant } from '../../store/index.ts';
import { readJti } from './jti.ts';
import { isAbout } from './token-reader.ts';
import { withinConsent } from './within-consent.ts';

/**
 * The grant behind an access token of ours as it counts now, and its person. Undefined once the token or the one that it
 * was exchanged for was revoked, or the grant, the session or the account has ended: T-36, T-38.
 */
export async function findGrantOfToken(
  provider: Provider,
  claims: AccessTokenClaims,
): Promise<ActiveGrant | undefined> {
  const { jti } = claims;
  const { grantId, parentJti } = readJti(jti);
  if (grantId === undefined) return undefined;
  const token = { jti, parentJti };
  const active = await provider.store.findActiveGrantOfToken(grantId, token, provider.clock());
  return active && isAbout(provider, claims, active.person) ? withinConsent(provider, active) : undefined;
}
