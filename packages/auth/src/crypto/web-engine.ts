import { fromBase64url, toBase64url } from '../foundation/index.ts';
import { parametersOf, type SigningAlgorithm } from './algorithms.ts';
import type { CryptoEngine } from './engine.ts';

const TAG_BYTES = 16;
const utf8 = new TextEncoder();

/** WebCrypto, which every runtime has. */
export function createWebEngine(subtle: SubtleCrypto): CryptoEngine {
  const importKey = (key: Uint8Array, usage: 'encrypt' | 'decrypt') =>
    subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, [usage]);
  return {
    name: 'web',
    adopt: () => undefined,
    digest: async (hash, text) => new Uint8Array(await subtle.digest(hash, utf8.encode(text))),
    async mac(key, text) {
      const hmac = { name: 'HMAC', hash: 'SHA-256' };
      const secret = await subtle.importKey('raw', new Uint8Array(key), hmac, false, ['sign']);
      return new Uint8Array(await subtle.sign('HMAC', secret, utf8.encode(text)));
    },
    sign: async (alg, key, text) => new Uint8Array(await subtle.sign(toWeb(alg), key, utf8.encode(text))),
    verify: (alg, key, signature, text) =>
      subtle.verify(toWeb(alg), key, new Uint8Array(signature), utf8.encode(text)),
    async encrypt(key, iv, plaintext, authenticated) {
      const gcm = toGcm(iv, authenticated);
      const sealed = await subtle.encrypt(gcm, await importKey(key, 'encrypt'), new Uint8Array(plaintext));
      const ciphertext = new Uint8Array(sealed, 0, sealed.byteLength - TAG_BYTES);
      return { iv, ciphertext, tag: new Uint8Array(sealed, ciphertext.byteLength) };
    },
    async decrypt(key, { iv, ciphertext, tag }, authenticated) {
      const gcm = toGcm(iv, authenticated);
      const sealed = new Uint8Array(ciphertext.length + tag.length);
      sealed.set(ciphertext);
      sealed.set(tag, ciphertext.length);
      return new Uint8Array(await subtle.decrypt(gcm, await importKey(key, 'decrypt'), sealed));
    },
    toBase64url,
    fromBase64url,
  };
}

function toGcm(iv: Uint8Array, authenticated: string): AesGcmParams {
  const additionalData = utf8.encode(authenticated);
  return { name: 'AES-GCM', iv: new Uint8Array(iv), additionalData, tagLength: TAG_BYTES * 8 };
}

/** The curve, and for RSA the hash, are the key's own. RFC 7518 §3.5: PSS with a salt as long as the hash. */
function toWeb(alg: SigningAlgorithm): EcdsaParams | RsaPssParams {
  const { scheme, digest } = parametersOf(alg);
  return { name: scheme, hash: digest, saltLength: Number(digest.slice('SHA-'.length)) / 8 };
}
