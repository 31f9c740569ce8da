import type { CryptoKey, JWK } from 'jose';

// The few members of `node:crypto` and `node:buffer` that the engine uses. Types of Node would be global in a package that
// also runs elsewhere.

/** A `KeyObject`. Nothing is read from it here. */
export type NodeKey = object;

type KeyOptions = NodeKey | { readonly key: NodeKey; readonly padding: number; readonly saltLength: number };

interface Cipher {
  setAAD(authenticated: Uint8Array): unknown;
  setAuthTag(tag: Uint8Array): unknown;
  getAuthTag(): Uint8Array;
  update(bytes: Uint8Array): Uint8Array;
  final(): Uint8Array;
}

interface Digesting {
  update(text: string, encoding: 'utf8'): { digest(): Uint8Array };
}

type CreateCipher = (
  name: string,
  key: NodeKey,
  iv: Uint8Array,
  options: { authTagLength: number },
) => Cipher;

export interface NodeCrypto {
  /** In one call; not every runtime has it. */
  hash?(name: string, text: string, encoding: 'buffer'): Uint8Array;
  createHash(name: string): Digesting;
  createHmac(name: string, key: NodeKey): Digesting;
  sign(hash: string | null, bytes: Uint8Array, key: KeyOptions): Uint8Array;
  verify(hash: string | null, bytes: Uint8Array, key: KeyOptions, signature: Uint8Array): boolean;
  createSecretKey(bytes: Uint8Array): NodeKey;
  createPrivateKey(input: { key: JWK; format: 'jwk' }): NodeKey;
  readonly createCipheriv: CreateCipher;
  readonly createDecipheriv: CreateCipher;
  readonly KeyObject: { from(key: CryptoKey): NodeKey };
  readonly constants: { readonly RSA_PKCS1_PSS_PADDING: number; readonly RSA_PSS_SALTLEN_DIGEST: number };
}

export interface NodeBuffer {
  from(text: string, encoding: 'utf8' | 'base64url'): Uint8Array;
  from(bytes: ArrayBufferLike, offset: number, length: number): { toString(encoding: 'base64url'): string };
  concat(parts: readonly Uint8Array[]): Uint8Array;
}
