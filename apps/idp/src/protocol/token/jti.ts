import type { AccessTokenClaims } from '@sso/auth/tokens';
import type { Provider } from '../../provider.ts';
import { randomId } from '../../foundation/secrets.ts';
import type { StandingGrant } from '../../store/index.ts';

/** In the place of a grant's id, which is 22 random characters. */
const NO_GRANT = 'client';

/** `<grant>.<random>`: lets the provider's own endpoints ask whether the grant behind a token still stands. */
export function newTokenId(grantId: string = NO_GRANT): string {
  return `${grantId}.${randomId(8)}`;
}

/** The grant that a token of ours came from, by its `jti`; undefined for one that a client got for itself. */
export function grantIdOf(jti: string): string | undefined {
  const [grantId] = jti.split('.', 1);
  return grantId === NO_GRANT ? undefined : grantId;
}

/**
 * The grant behind an access token of ours, and its person as they are now. Undefined once the token was revoked, or
 * the grant, the session or the account has ended: T-36, T-38.
 */
export async function findStanding(
  { store, clock }: Pick<Provider, 'store' | 'clock'>,
  { jti, sub }: Pick<AccessTokenClaims, 'jti' | 'sub'>,
): Promise<StandingGrant | undefined> {
  const grantId = grantIdOf(jti);
  if (grantId === undefined) return undefined;
  const standing = await store.findStandingToken(grantId, jti, clock());
  return standing?.person.sub === sub ? standing : undefined;
}
