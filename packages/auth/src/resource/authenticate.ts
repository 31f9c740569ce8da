import type { AccessContract } from '../access/index.ts';
import { systemClock } from '../foundation/index.ts';
import { createIssuerKeys } from '../provider/index.ts';
import { verifyAccessToken, type VerificationKeys } from '../tokens/index.ts';
import { toAccessToken, type AccessToken } from './access-token.ts';
import { requireBearer } from './bearer.ts';
import type { ResourceServerOptions } from './options.ts';
import type { Reporter } from './reporter.ts';
import { requireUnrevoked } from './require-unrevoked.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

type Authenticate<P extends string, A extends string> = (
  request: Pick<Request, 'headers'>,
) => Promise<AccessToken<P, A>>;

/** Verifies a request's bearer token, or finds it among those that were verified within the last minute. */
export function createAuthenticate<
  C extends AccessContract,
  A extends keyof C['audiences'] & string,
  P extends string,
>(options: ResourceServerOptions<C, A>, report: Reporter): Authenticate<P, A> {
  const { clock = systemClock, permissionsClaim = 'permissions' } = options;
  const keys = options.keys ?? createIssuerKeys({ ...options, clock });
  const verifiedTokens = createVerifiedTokens<P, A>(clock);
  const { issuer, audience, access, revocations } = options;
  const algorithms = options.algorithms ?? [access?.audiences[audience]?.alg ?? 'ES256'];
  const verify = async (token: string) => {
    // Read before the signature is checked: where the keys change meanwhile, the entry is outdated at once.
    const keysVersion = versionOf(keys);
    const names = { issuer, audience, algorithms, keys, clock, report: report.checked };
    const claims = await verifyAccessToken(token, names);
    const verified = toAccessToken<P, A>(claims, audience, permissionsClaim);
    verifiedTokens.add(token, verified, keysVersion);
    return verified;
  };
  return async (request) => {
    try {
      const token = requireBearer(request.headers);
      const known = verifiedTokens.find(token, versionOf(keys));
      const verified = known ?? (await verify(token));
      if (revocations) await requireUnrevoked(revocations, verified);
      report.accepted(verified, known !== undefined);
      return verified;
    } catch (error) {
      report.rejected(error);
      throw error;
    }
  };
}

/** Keys of `createRemoteKeys` count their changes; a fixed set never changes. */
function versionOf(keys: VerificationKeys): number {
  const version: unknown = Reflect.get(keys, 'version');
  return typeof version === 'function' ? Number(version()) : 0;
}
