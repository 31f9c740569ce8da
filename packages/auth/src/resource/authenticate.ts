import type { AccessContract } from '../access/index.ts';
import { systemClock } from '../foundation/index.ts';
import { verifyAccessToken, type VerificationKeys } from '../tokens/index.ts';
import { toAccessToken, type AccessToken } from './access-token.ts';
import { requireBearer } from './bearer.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import type { ResourceServerOptions } from './options.ts';
import type { Reporter } from './reporter.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

type Authenticate<P extends string> = (request: Pick<Request, 'headers'>) => Promise<AccessToken<P>>;

/** Verifies a request's bearer token, or finds it among those that were verified within the last minute. */
export function createAuthenticate<
  C extends AccessContract,
  A extends keyof C['audiences'] & string,
  P extends string,
>(options: ResourceServerOptions<C, A>, report: Reporter): Authenticate<P> {
  const { clock = systemClock, permissionsClaim = 'permissions' } = options;
  const keys = options.keys ?? fetchedKeys(options);
  const verifiedTokens = createVerifiedTokens<P>(clock);
  const { issuer, audience, access } = options;
  const algorithms = options.algorithms ?? [access?.audiences[audience]?.alg ?? 'ES256'];
  const verify = async (token: string) => {
    // Read before the signature is checked: where the keys change meanwhile, the entry is outdated at once.
    const keysVersion = versionOf(keys);
    const claims = await verifyAccessToken(token, { issuer, audience, algorithms, keys, clock });
    const verified = toAccessToken<P>(claims, permissionsClaim);
    verifiedTokens.add(token, verified, keysVersion);
    return verified;
  };
  return async (request) => {
    try {
      const token = requireBearer(request.headers);
      const known = verifiedTokens.find(token, versionOf(keys));
      const verified = known ?? (await verify(token));
      report.accepted(verified, known !== undefined);
      return verified;
    } catch (error) {
      report.rejected(error);
      throw error;
    }
  };
}

function fetchedKeys<C extends AccessContract, A extends keyof C['audiences'] & string>(
  options: ResourceServerOptions<C, A>,
): VerificationKeys {
  const { issuer, jwksUri, internalIssuerUrl, observe } = options;
  return createIssuerKeys({
    issuer,
    jwksUri,
    internalIssuerUrl,
    // Looked up at each call, so that a global fetch that tests or tracing patch later is used.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock: options.clock ?? systemClock,
    observe,
  });
}

/** Keys of `createRemoteKeys` count their changes; a fixed set never changes. */
function versionOf(keys: VerificationKeys): number {
  const version: unknown = Reflect.get(keys, 'version');
  return typeof version === 'function' ? Number(version()) : 0;
}
