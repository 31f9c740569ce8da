import { isAuthError } from '@sso/auth';
import type { AccessContract } from '@sso/auth/access';
import { type AccessToken, createResourceServer } from '@sso/auth/resource';
import type { VerificationKeys } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';

/** Access tokens of this provider, whichever audience they are for. */
export interface AccessTokens {
  /** The claims of a token of ours that an API would still accept; undefined for everything else. */
  find(token: string): Promise<AccessToken | undefined>;
}

interface Context {
  readonly issuer: string;
  readonly access: AccessContract;
  readonly keys: VerificationKeys;
  readonly clock: () => number;
}

type Verify = (token: string) => Promise<AccessToken>;

/**
 * Verifies tokens as their API would, so that they are strictly of the form and algorithm of that audience, and a
 * token that comes often is verified once (bounded, a minute at most).
 */
export function createAccessTokens(context: Context): AccessTokens {
  const verifiers = new Map<string, Verify>();
  const verifierOf = (audience: string) => {
    const known = verifiers.get(audience) ?? createVerifier(context, audience);
    if (known) verifiers.set(audience, known);
    return known;
  };
  return {
    async find(token) {
      const audience = audienceOf(token);
      const verify = audience === undefined ? undefined : verifierOf(audience);
      return verify?.(token).catch(undefinedWhenRefused);
    },
  };
}

function createVerifier({ issuer, access, keys, clock }: Context, audience: string): Verify | undefined {
  const shared = { issuer, audience, realm: 'provider', keys, clock };
  const isKnown = Object.hasOwn(access.audiences, audience);
  if (!isKnown && audience !== issuer) return undefined;
  return createResourceServer(isKnown ? { ...shared, access } : shared).verify;
}

/** Three parts of base64url that fit a header; anything else is not decoded. */
const COMPACT = /^[\w-]{1,1024}\.[\w-]{1,7168}\.[\w-]{1,1024}$/;

/** The audience that the unverified token claims; it only selects the verifier. */
function audienceOf(token: string): string | undefined {
  if (!COMPACT.test(token)) return undefined;
  try {
    const { aud } = decodeJwt(token);
    const [only, ...others]: readonly unknown[] = [aud ?? []].flat();
    return typeof only === 'string' && others.length === 0 ? only : undefined;
  } catch {
    return undefined;
  }
}

/** A refused token is none of ours. Any other failure, of the key store for one, is thrown on. */
function undefinedWhenRefused(error: unknown): undefined {
  if (!isAuthError(error)) throw error;
}
