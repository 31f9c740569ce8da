import type { IdTokenClaims } from '../tokens/index.ts';
import type { KeptClaims } from './session.ts';

/** Who, how and when, as against what pages show: from signed tokens only, and kept whatever the options say. */
export const identityClaims: readonly string[] = ['iss', 'sub', 'sid', 'auth_time', 'acr', 'amr'];

/** Standard claims (OIDC Core §5.1) that pages usually show. */
export const defaultKeepClaims: readonly string[] = [
  'name',
  'preferred_username',
  'given_name',
  'family_name',
  'email',
  'email_verified',
  'picture',
  'locale',
];

/** One claim must not push the session over its budget: somebody with a photo inlined as `picture` still gets in. */
const MAX_CLAIM_LENGTH = 512;

/** The claims of a verified ID token that a session keeps. Protocol claims (`nonce`, `aud`, `exp`, hashes) have done their work. */
export function keepClaims(claims: IdTokenClaims, names: readonly string[] = defaultKeepClaims): KeptClaims {
  const kept = [...identityClaims, ...names]
    .filter((name) => Object.hasOwn(claims, name) && claims[name] !== undefined)
    .map((name) => [name, claims[name]] as const)
    .filter(([, value]) => JSON.stringify(value).length <= MAX_CLAIM_LENGTH);
  return { ...Object.fromEntries(kept), iss: claims.iss, sub: claims.sub };
}
