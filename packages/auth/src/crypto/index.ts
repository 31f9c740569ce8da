export {
  findAlgorithm,
  isSigningAlgorithm,
  parametersOf,
  requireSigningAlgorithms,
  type SigningAlgorithm,
  signingAlgorithms,
} from './algorithms.ts';
export { leftHalfOfDigest, macBase64url, sha256Base64url } from './digests.ts';
export { adoptKey } from './adopt-key.ts';
export { decodeBytes, encodeText } from './encoding.ts';
export { decryptText, encryptText, type EncryptedText } from './encryption.ts';
export { isSignatureOf, signText } from './signatures.ts';
