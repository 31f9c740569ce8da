export type { JWK } from 'jose';
export type { SigningAlgorithm } from './algorithms.ts';
export {
  LOGOUT_EVENT,
  type AccessTokenClaims,
  type ActorClaim,
  type AuthenticationClaims,
  type IdTokenClaims,
  type LogoutTokenClaims,
} from './claims.ts';
export { leftHalfHash } from './left-half-hash.ts';
export { signAccessToken, signIdToken, signLogoutToken } from './sign.ts';
export { generateSigningJwk, importSigningKey, type SigningKey } from './signing-keys.ts';
