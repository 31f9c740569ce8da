import { flattenedDecrypt, FlattenedEncrypt } from 'jose';
import {
  authError,
  deepFreeze,
  fromBase64url,
  isBase64url,
  type LruCache,
  sha256Base64url,
  toBase64url,
} from '../foundation/index.ts';

/** What a sealed text is for. A seal for one purpose never opens as another. */
export type Purpose = 'session' | 'login' | 'way-back' | 'session-id' | 'stored-session';

/** Seals small JSON values so that only this site can read or make them. */
export interface Sealer {
  seal(purpose: Purpose, value: object): Promise<string>;
  /** `undefined` for anything that this sealer did not make for this purpose: never an error, whatever came in. */
  open(purpose: Purpose, sealed: string | undefined): Promise<unknown>;
  /** Whether a key of this ring made it, by its own word: nothing is proven by that. */
  isOwn(sealed: string): Promise<boolean>;
}

export interface SealerOptions {
  /** 32 bytes each, base64url. The first seals, all open. */
  readonly keys: readonly string[];
  /** Who seals, e.g. issuer and client id: a seal of one owner never opens for another, even under a shared key. */
  readonly owner: string;
  /** What was opened a moment ago, for seals that come with every request. Default: each is opened anew. */
  readonly opened?: OpenedSeals;
}

/** Opened values by everything that opening depends on: key, purpose, owner and text. They are frozen. */
export type OpenedSeals = LruCache<unknown>;

interface RingKey {
  readonly kid: string;
  readonly fingerprint: string;
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
export function createSealer({ keys, owner, opened }: SealerOptions): Sealer {
  const secrets = keys.map(requireKey);
  if (secrets.length === 0) throw authError('config_invalid', 'sessionKeys is empty: give at least one key');
  let ring: Promise<RingKey[]> | undefined;
  const openRing = () => (ring ??= Promise.all(secrets.map(withKeyId)));
  const findKey = async (sealed: string) =>
    (await openRing()).find(({ kid }) => sealed.startsWith(`${kid}.`));
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
      if (sealed === undefined || sealed.length > MAX_SEALED_LENGTH) return undefined;
      // A key that left the ring opens nothing, however recently it did.
      const found = await findKey(sealed);
      if (!found) return undefined;
      const header = JSON.stringify(headerOf(found.kid, purpose, owner));
      const name = `${found.fingerprint} ${header} ${sealed}`;
      const known = opened?.find(name);
      if (known !== undefined) return known;
      const value = await decrypt(sealed, found, header);
      if (opened && value !== undefined) opened.add(name, deepFreeze(value));
      return value;
    },
    isOwn: async (sealed) => (await findKey(sealed)) !== undefined,
  };
}

function headerOf(kid: string, purpose: Purpose, owner: string) {
  return { alg: 'dir', enc: 'A256GCM', kid, typ: purpose, aud: owner };
}

async function decrypt(sealed: string, { key }: RingKey, header: string): Promise<unknown> {
  const parts = readParts(sealed);
  if (!parts) return undefined;
  const jwe = { protected: toBase64url(new TextEncoder().encode(header)), ...parts };
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
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

function readParts(sealed: string): SealedParts | undefined {
  const [, iv, ciphertext, tag, ...rest] = sealed.split('.');
  if (!iv || !ciphertext || !tag || rest.length > 0) return undefined;
  // Strict: with unused bits a changed last character would go unnoticed.
  return [iv, ciphertext, tag].every(isBase64url) ? { iv, ciphertext, tag } : undefined;
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
  const fingerprint = await sha256Base64url(toBase64url(key));
  return { kid: fingerprint.slice(0, 8), fingerprint, key };
}
