import type { CryptoKey, JWK } from 'jose';
import type { HashName, SigningAlgorithm } from './algorithms.ts';

/** What an engine that works at once gives as it is, and one that works on other threads as a promise. */
export type Eventual<T> = T | Promise<T>;

/** AES-256-GCM (NIST SP 800-38D) as JWE's `A256GCM` uses it (RFC 7518 §5.3): 96 bits of IV, 128 bits of tag. */
export interface SealedBytes {
  readonly iv: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/**
 * The package's one way to the runtime's cryptography. Keys are `CryptoKey`s as jose imports them; texts are encoded as
 * UTF-8. An engine decides nothing: which key and algorithm may be used was decided before.
 */
export interface CryptoEngine {
  /** For messages and tests. */
  readonly name: 'node' | 'web';
  /** Tells the engine which private JWK a key that can't be exported was made of. Without this it works by WebCrypto. */
  adopt(key: CryptoKey, privateJwk: JWK): void;
  digest(hash: HashName, text: string): Eventual<Uint8Array>;
  /** HMAC (RFC 2104) with SHA-256. @param key 32 bytes at least */
  mac(key: Uint8Array, text: string): Eventual<Uint8Array>;
  /** The signature in its JWS form (RFC 7518 §3, RFC 8037 §3.1). */
  sign(alg: SigningAlgorithm, key: CryptoKey, text: string): Eventual<Uint8Array>;
  /** Whether the signature is the key's. False, too, for one that has no possible form. */
  verify(alg: SigningAlgorithm, key: CryptoKey, signature: Uint8Array, text: string): Eventual<boolean>;
  /** @param key 32 bytes @param iv 12 bytes, never used twice with this key */
  encrypt(
    key: Uint8Array,
    iv: Uint8Array,
    plaintext: Uint8Array,
    authenticated: string,
  ): Eventual<SealedBytes>;
  /** @throws unless key, `authenticated` and every byte are those of `encrypt` */
  decrypt(key: Uint8Array, sealed: SealedBytes, authenticated: string): Eventual<Uint8Array>;
  /** Base64url without padding (RFC 7515 §2). */
  toBase64url(bytes: Uint8Array): string;
  /** @param text strict base64url: `isBase64url` was asked */
  fromBase64url(text: string): Uint8Array;
}
