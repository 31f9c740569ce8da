import type { AccessContract } from '../access/index.ts';
import { systemClock } from '../foundation/index.ts';
import { createIssuerKeys } from '../provider/index.ts';
import { verifyAccessToken, type VerificationKeys } from '../tokens/index.ts';
import { toAccessToken, type AccessToken } from './access-token.ts';
import { requirePresentedToken, type TokenScheme } from './bearer.ts';
import type { ProofRules } from './dpop-options.ts';
import type { ResourceServerOptions } from './options.ts';
import type { Reporter } from './reporter.ts';
import { type ApiRequest, consumeProof, requireBinding } from './require-binding.ts';
import { requireUnrevoked } from './require-unrevoked.ts';
import { createVerifiedTokens } from './verified-tokens.ts';

/** A token, and whether it is one of those that were verified within the last minute. */
interface Verified<P extends string, A extends string> {
  readonly verified: AccessToken<P, A>;
  readonly remembered: boolean;
}

/** Verifies a token's text, or finds it among those that were verified within the last minute. */
export type VerifyToken<P extends string, A extends string> = (token: string) => Promise<Verified<P, A>>;

export function createVerifyToken<
  C extends AccessContract,
  A extends keyof C['audiences'] & string,
  P extends string,
>(options: ResourceServerOptions<C, A>, report: Reporter): VerifyToken<P, A> {
  const { clock = systemClock, permissionsClaim = 'permissions' } = options;
  const keys = options.keys ?? createIssuerKeys({ ...options, clock });
  const verifiedTokens = createVerifiedTokens<P, A>(clock);
  const { issuer, audience, access } = options;
  const algorithms = options.algorithms ?? [access?.audiences[audience]?.alg ?? 'ES256'];
  return async (token) => {
    // Read before the signature is checked: where the keys change meanwhile, the entry is outdated at once.
    const keysVersion = versionOf(keys);
    const known = verifiedTokens.find(token, keysVersion);
    if (known) return { verified: known, remembered: true };
    const names = { issuer, audience, algorithms, keys, clock, report: report.checked };
    const claims = await verifyAccessToken(token, names);
    const verified = toAccessToken<P, A>(claims, audience, permissionsClaim);
    verifiedTokens.add(token, verified, keysVersion);
    return { verified, remembered: false };
  };
}

/** Keys of `createRemoteKeys` count their changes; a fixed set never changes. */
function versionOf(keys: VerificationKeys): number {
  const version: unknown = Reflect.get(keys, 'version');
  return typeof version === 'function' ? Number(version()) : 0;
}

/** What deciding on a request needs beside the token. */
interface AuthenticateTools<P extends string, A extends string> {
  readonly verify: VerifyToken<P, A>;
  readonly report: Reporter;
  readonly rules: ProofRules | undefined;
}

/** Which schemes an API takes; what it asks for first comes first. */
export function schemesOf(rules: ProofRules | undefined): readonly TokenScheme[] {
  if (!rules) return ['Bearer'];
  // Bearer stays known where DPoP is demanded, so that a Bearer token is refused with a reason.
  return rules.required ? ['DPoP', 'Bearer'] : ['Bearer', 'DPoP'];
}

/** Decides on a request's token: itself, then how it is presented, then whether it still counts, and the proof once. */
export function createAuthenticate<P extends string, A extends string>(
  {
    clock = systemClock,
    revocations,
  }: Pick<ResourceServerOptions<AccessContract, A>, 'clock' | 'revocations'>,
  { verify, report, rules }: AuthenticateTools<P, A>,
): (request: ApiRequest) => Promise<AccessToken<P, A>> {
  const schemes = schemesOf(rules);
  return async (request) => {
    let found: Verified<P, A> | undefined;
    try {
      const presented = requirePresentedToken(request.headers, schemes);
      found = await verify(presented.token);
      const proof = await requireBinding(presented, found.verified, request, {
        rules,
        clock,
        checked: report.checked,
      });
      if (revocations) await requireUnrevoked(revocations, found.verified);
      if (proof && rules) await consumeProof(proof, rules);
      report.accepted(found.verified, found.remembered);
      return found.verified;
    } catch (error) {
      report.rejected(error, found?.verified);
      throw error;
    }
  };
}
