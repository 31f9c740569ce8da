import type { CryptoKey } from 'jose';
import { parametersOf, type SigningAlgorithm } from './algorithms.ts';
import { fromDerSignature, toDerSignature } from './ecdsa-der.ts';
import type { CryptoEngine } from './engine.ts';
import type { NodeBuffer, NodeCrypto, NodeKey } from './node-modules.ts';

const GCM = 'aes-256-gcm';
const TAG_BYTES = 16;

/**
 * Node's own cryptography. It answers at once, where WebCrypto pays for a hop to another thread and back.
 *
 * @param web serves keys that were made elsewhere and can't be exported
 */
export function createNodeEngine(node: NodeCrypto, buffer: NodeBuffer, web: CryptoEngine): CryptoEngine {
  const keys = new WeakMap<CryptoKey, NodeKey>();
  const findKey = (key: CryptoKey) => {
    const known = keys.get(key) ?? (key.extractable ? node.KeyObject.from(key) : undefined);
    if (known) keys.set(key, known);
    return known;
  };
  // Bytes would be examined, and copied into such an object, at each call.
  const secrets = new WeakMap<Uint8Array, NodeKey>();
  const secretOf = (bytes: Uint8Array) => {
    const secret = secrets.get(bytes) ?? node.createSecretKey(bytes);
    secrets.set(bytes, secret);
    return secret;
  };
  return {
    name: 'node',
    adopt: (key, privateJwk) => void keys.set(key, node.createPrivateKey({ key: privateJwk, format: 'jwk' })),
    digest: (hash, text) =>
      node.hash?.(nameOf(hash), text, 'buffer') ??
      node.createHash(nameOf(hash)).update(text, 'utf8').digest(),
    mac: (key, text) => node.createHmac('sha256', secretOf(key)).update(text, 'utf8').digest(),
    sign(alg, key, text) {
      const own = findKey(key);
      if (!own) return web.sign(alg, key, text);
      const signature = node.sign(hashOf(alg), buffer.from(text, 'utf8'), optionsOf(node, alg, own));
      const { scheme, signatureBytes = 0 } = parametersOf(alg);
      return scheme === 'ECDSA' ? fromDerSignature(signature, signatureBytes) : signature;
    },
    verify(alg, key, signature, text) {
      const own = findKey(key);
      if (!own) return web.verify(alg, key, signature, text);
      const form = parametersOf(alg).scheme === 'ECDSA' ? toDerSignature(signature) : signature;
      return node.verify(hashOf(alg), buffer.from(text, 'utf8'), optionsOf(node, alg, own), form);
    },
    encrypt(key, iv, plaintext, authenticated) {
      const cipher = node.createCipheriv(GCM, secretOf(key), iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(buffer.from(authenticated, 'utf8'));
      const ciphertext = buffer.concat([cipher.update(plaintext), cipher.final()]);
      return { iv, ciphertext, tag: cipher.getAuthTag() };
    },
    decrypt(key, { iv, ciphertext, tag }, authenticated) {
      const decipher = node.createDecipheriv(GCM, secretOf(key), iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(buffer.from(authenticated, 'utf8'));
      decipher.setAuthTag(tag);
      return buffer.concat([decipher.update(ciphertext), decipher.final()]);
    },
    toBase64url: (bytes) =>
      buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url'),
    fromBase64url: (text) => buffer.from(text, 'base64url'),
  };
}

/** `SHA-256` → `sha256` */
function nameOf(hash: string): string {
  return hash.replace('-', '').toLowerCase();
}

/** Ed25519 hashes by itself (RFC 8032 §5.1). */
function hashOf(alg: SigningAlgorithm): string | null {
  const { scheme, digest } = parametersOf(alg);
  return scheme === 'Ed25519' ? null : nameOf(digest);
}

/** RFC 7518 §3.5: PSS with a salt as long as the hash. */
function optionsOf({ constants }: NodeCrypto, alg: SigningAlgorithm, key: NodeKey) {
  if (parametersOf(alg).scheme !== 'RSA-PSS') return key;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}
