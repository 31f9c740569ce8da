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
  const { grantId, ancestors } = readJti(jti);
  // More generations than `grants/token-exchange.ts` makes are nobody's.
  const [parentJti, grandparentJti, ...others] = ancestors;
  if (grantId === undefined || others.length > 0) return undefined;
  const token = { jti, parentJti, grandparentJti };
  const active = await provider.store.findActiveGrantOfToken(grantId, token, provider.clock());
  return active && isAbout(provider, claims, active.person) ? withinConsent(provider, active) : undefined;
}
