import type { Access } from '../access/index.ts';
import { systemClock } from '../foundation/index.ts';
import { verifyAccessToken, type VerificationKeys } from '../tokens/index.ts';
import { toAccessToken, type AccessToken } from './access-token.ts';
import { requireBearer } from './bearer.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import type { ResourceServerOptions } from './options.ts';
import type { Reporter } from './report.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

type Authenticate<P extends string> = (request: Pick<Request, 'headers'>) => Promise<AccessToken<P>>;

/** Takes a request's bearer token and verifies it, or remembers that it did so a moment ago. */
export function createAuthenticate<
  C extends Access,
  A extends keyof C['audiences'] & string,
  P extends string,
>(options: ResourceServerOptions<C, A>, report: Reporter): Authenticate<P> {
  const { clock = systemClock, permissionsClaim = 'permissions' } = options;
  const keys = options.keys ?? fetchedKeys(options);
  const remembered = createVerifiedTokens<P>(clock);
  const { issuer, audience, access } = options;
  const algorithms = options.algorithms ?? [access?.audiences[audience]?.alg ?? 'ES256'];
  const verify = async (token: string) => {
    // Read before the signature is checked: keys that change meanwhile make the entry outdated, never too young.
    const generation = generationOf(keys);
    const claims = await verifyAccessToken(token, { issuer, audience, algorithms, keys, clock });
    const verified = toAccessToken<P>(claims, permissionsClaim);
    remembered.add(token, verified, generation);
    return verified;
  };
  return async (request) => {
    try {
      const token = requireBearer(request.headers);
      const known = remembered.find(token, generationOf(keys));
      const verified = known ?? (await verify(token));
      report.accepted(verified, known !== undefined);
      return verified;
    } catch (error) {
      report.rejected(error);
      throw error;
    }
  };
}

function fetchedKeys<C extends Access, A extends keyof C['audiences'] & string>(
  options: ResourceServerOptions<C, A>,
): VerificationKeys {
  const { issuer, jwksUri, internalIssuerUrl, observe } = options;
  return createIssuerKeys({
    issuer,
    jwksUri,
    internalIssuerUrl,
    // Looked up at each call: what patches fetch later (tests, tracing) is used too.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock: options.clock ?? systemClock,
    observe,
  });
}

/** Keys of `createRemoteKeys` count their editions; a fixed set has only one. */
function generationOf(keys: VerificationKeys): number {
  const generation: unknown = Reflect.get(keys, 'generation');
  return typeof generation === 'function' ? Number(generation()) : 0;
}
