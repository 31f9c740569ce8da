import type { IdTokenClaims } from '../tokens/index.ts';
import type { KeptClaims } from './session.ts';

/** Claims that say who signed in, how and when. They come from signed tokens only and are always kept. */
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

/** A longer claim is left out, so that a photo inlined as `picture` doesn't make the session too large for its cookie. */
const MAX_CLAIM_LENGTH = 512;

/** The claims of a verified ID token that a session keeps. Protocol claims (`nonce`, `aud`, `exp`, hashes) were checked and are not needed again. */
export function keepClaims(claims: IdTokenClaims, names: readonly string[] = defaultKeepClaims): KeptClaims {
  const kept = [...identityClaims, ...names]
    .filter((name) => Object.hasOwn(claims, name) && claims[name] !== undefined)
    .map((name) => [name, claims[name]] as const)
    .filter(([, value]) => JSON.stringify(value).length <= MAX_CLAIM_LENGTH);
  return { ...Object.fromEntries(kept), iss: claims.iss, sub: claims.sub };
}
