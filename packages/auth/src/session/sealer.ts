import { flattenedDecrypt, FlattenedEncrypt } from 'jose';
import { authError, fromBase64url, isBase64url, sha256Base64url, toBase64url } from '../foundation/index.ts';

/** What a sealed text is for. A seal for one purpose never opens as another. */
export type Purpose = 'session' | 'login' | 'way-back' | 'session-id' | 'stored-session';

/** Seals small JSON values so that only this site can read or make them. */
export interface Sealer {
  seal(purpose: Purpose, value: object): Promise<string>;
  /** `undefined` for anything that this sealer did not make for this purpose: never an error, whatever came in. */
  open(purpose: Purpose, sealed: string | undefined): Promise<unknown>;
}

export interface SealerOptions {
  /** 32 bytes each, base64url. The first seals, all open. */
  readonly keys: readonly string[];
  /** Who seals, e.g. issuer and client id: a seal of one owner never opens for another, even under a shared key. */
  readonly owner: string;
}

interface RingKey {
  readonly kid: string;
  readonly key: Uint8Array;
}

/** Far above any cookie, far below what would cost time to decrypt. */
const MAX_SEALED_LENGTH = 65_536;

/**
 * A sealer over a ring of keys: JWE (RFC 7516) with `dir` and `A256GCM`.
 *
 * The protected header is not sent along but rebuilt from what the opener expects. So nobody who presents a text
 * can choose algorithm, compression or critical parameters, and purpose and owner are authenticated with it.
 * A sealed text is `kid.iv.ciphertext.tag`, base64url.
 *
 * @throws AuthError `config_invalid` for a key that is not 32 bytes.
 */
export function createSealer({ keys, owner }: SealerOptions): Sealer {
  const secrets = keys.map(requireKey);
  if (secrets.length === 0) throw authError('config_invalid', 'sessionKeys is empty: give at least one key');
  let ring: Promise<RingKey[]> | undefined;
  const openRing = () => (ring ??= Promise.all(secrets.map(withKeyId)));
  return {
    async seal(purpose, value) {
      const [first] = await openRing();
      if (!first) throw authError('config_invalid', 'sessionKeys is empty: give at least one key');
      const payload = new TextEncoder().encode(JSON.stringify(value));
      const jwe = await new FlattenedEncrypt(payload)
        .setProtectedHeader(headerOf(first.kid, purpose, owner))
        .encrypt(first.key);
      return [first.kid, jwe.iv, jwe.ciphertext, jwe.tag].join('.');
    },
    async open(purpose, sealed) {
      const parts = readParts(sealed);
      if (!parts) return undefined;
      const found = (await openRing()).find(({ kid }) => kid === parts.kid);
      return found && (await decrypt(parts, found, headerOf(found.kid, purpose, owner)));
    },
  };
}

function headerOf(kid: string, purpose: Purpose, owner: string) {
  return { alg: 'dir', enc: 'A256GCM', kid, typ: purpose, aud: owner };
}

async function decrypt(parts: SealedParts, { key }: RingKey, header: object): Promise<unknown> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const jwe = { protected: toBase64url(text), iv: parts.iv, ciphertext: parts.ciphertext, tag: parts.tag };
  try {
    const { plaintext } = await flattenedDecrypt(jwe, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return JSON.parse(new TextDecoder().decode(plaintext));
  } catch {
    return undefined; // tampered, or sealed for another purpose, owner or key: all the same to whoever asks
  }
}

interface SealedParts {
  readonly kid: string;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

function readParts(sealed: string | undefined): SealedParts | undefined {
  if (sealed === undefined || sealed.length > MAX_SEALED_LENGTH) return undefined;
  const [kid, iv, ciphertext, tag, ...rest] = sealed.split('.');
  if (!kid || !iv || !ciphertext || !tag || rest.length > 0) return undefined;
  // Strict: with unused bits a changed last character would go unnoticed.
  return [iv, ciphertext, tag].every(isBase64url) ? { kid, iv, ciphertext, tag } : undefined;
}

function requireKey(text: string, index: number): Uint8Array {
  const bytes = isBase64url(text) ? fromBase64url(text) : undefined;
  if (bytes?.length === 32) return bytes;
  throw authError(
    'config_invalid',
    `sessionKeys[${index}] is not 32 bytes in base64url: make one with 32 random bytes`,
  );
}

async function withKeyId(key: Uint8Array): Promise<RingKey> {
  return { kid: (await sha256Base64url(toBase64url(key))).slice(0, 8), key };
}
