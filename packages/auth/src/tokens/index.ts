export type { JWK } from 'jose';
export { requireSigningAlgorithms, type SigningAlgorithm } from '../crypto/index.ts';
export {
  LOGOUT_EVENT,
  TOKEN_CLAIMS_CHANGE,
  type AccessTokenClaims,
  type ActorClaim,
  type AuthenticationClaims,
  type ConfirmationClaim,
  type IdTokenClaims,
  type IssuerSubject,
  type LogoutTokenClaims,
  type SecurityEventClaims,
  type TokenClaimsChange,
} from './claims.ts';
export type { TokenContent } from '../foundation/index.ts';
export { describeToken } from './describe-token.ts';
export type { ReportOptions, ReportToken, TokenReport } from './inspect-token.ts';
export { leftHalfHash } from './left-half-hash.ts';
export { signAccessToken, signIdToken, signLogoutToken, signSecurityEvent } from './sign.ts';
export { generateSigningJwk, importSigningKey, type SigningKey } from './keys/signing-keys.ts';
export { createRemoteKeys, type RemoteKeys, type RemoteKeysOptions } from './keys/remote-keys.ts';
export type { KeyQuery } from './keys/key-set.ts';
export { fetchJson, type FetchJsonOptions } from './fetch-json.ts';
export { createLocalKeys, type VerificationKeys } from './keys/verification-keys.ts';
export { verifyAccessToken, type VerifyAccessTokenOptions } from './verify-access-token.ts';
export {
  verifyClientAssertion,
  type ClientAssertionClaims,
  type VerifyClientAssertionOptions,
} from './verify-client-assertion.ts';
export { verifyIdToken, type VerifyIdTokenOptions } from './verify-id-token.ts';
export { verifyLogoutToken, type VerifyLogoutTokenOptions } from './verify-logout-token.ts';
export { verifySecurityEvent, type VerifySecurityEventOptions } from './verify-security-event.ts';
export { consumeDpopProof, type DpopProofStore } from './dpop/consume-dpop-proof.ts';
export {
  createDpopProof,
  type CreateDpopProofOptions,
  type DpopRequest,
  generateDpopKey,
} from './dpop/create-dpop-proof.ts';
export { createDpopNonces, type DpopNonces, type DpopNoncesOptions } from './dpop/dpop-nonces.ts';
export { createDpopProofKeys, type DpopProofKeys } from './dpop/dpop-proof-key.ts';
export { jwkThumbprint } from './dpop/jwk-thumbprint.ts';
export { type DpopProof, verifyDpopProof, type VerifyDpopProofOptions } from './dpop/verify-dpop-proof.ts';
