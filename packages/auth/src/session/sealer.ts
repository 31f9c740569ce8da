import {
  decryptText,
  encodeText,
  type EncryptedText,
  encryptText,
  sha256Base64url,
} from '../crypto/index.ts';
import {
  authError,
  deepFreeze,
  fromBase64url,
  isBase64url,
  type LruCache,
  toBase64url,
} from '../foundation/index.ts';

/** What a sealed text is for. A text sealed for one purpose opens for no other. */
export type Purpose = 'session' | 'login' | 'way-back' | 'session-id' | 'stored-session' | 'postponed-logout';

/** Seals small JSON values so that only this site can read or make them. */
export interface Sealer {
  seal(purpose: Purpose, value: object): Promise<string>;
  /** The value, or `undefined` for any text that was not sealed by one of these keys for this owner and purpose. It never throws. */
  open(purpose: Purpose, sealed: string | undefined): Promise<unknown>;
  /** Whether the text names one of these keys. Anybody can write that name, so this proves nothing. */
  isOwn(sealed: string): Promise<boolean>;
}

export interface SealerOptions {
  /** 32 bytes each, base64url. The first seals, all open. */
  readonly keys: readonly string[];
  /** Who seals, e.g. issuer and client id. Texts of one owner don't open for another, even where both use the same key. */
  readonly owner: string;
  /** A cache of opened texts, for those that come with every request. Default: each is decrypted anew. */
  readonly opened?: OpenedSeals;
}

/** Opened values. The cache's key is everything that opening depends on: key, purpose, owner and text. Values are frozen. */
export type OpenedSeals = LruCache<unknown>;

interface RingKey {
  readonly kid: string;
  readonly fingerprint: string;
  readonly key: Uint8Array;
}

/** Cookies are much shorter, and decrypting this many characters still costs little. */
const MAX_SEALED_LENGTH = 65_536;

/**
 * A sealer over a ring of keys: JWE (RFC 7516) with `dir` and `A256GCM`.
 *
 * The sealed text leaves out the protected header; opening rebuilds it from what it expects. Whoever presents a text can
 * therefore choose no algorithm, compression or critical parameters. Purpose and owner are authenticated with the header.
 * A sealed text is `kid.iv.ciphertext.tag`, base64url.
 *
 * @throws AuthError `config_invalid` for a key that is not 32 bytes.
 */
export function createSealer({ keys, owner, opened }: SealerOptions): Sealer {
  const secrets = keys.map(requireKey);
  if (secrets.length === 0) throw authError('config_invalid', 'sessionKeys is empty: give at least one key');
  let ring: Promise<RingKey[]> | undefined;
  const openRing = () => (ring ??= Promise.all(secrets.map(toRingKey)));
  const findKey = async (sealed: string) =>
    (await openRing()).find(({ kid }) => sealed.startsWith(`${kid}.`));
  return {
    async seal(purpose, value) {
      const [first] = await openRing();
      if (!first) throw authError('config_invalid', 'sessionKeys is empty: give at least one key');
      const header = JSON.stringify(headerOf(first.kid, purpose, owner));
      const jwe = await encryptText(first.key, JSON.stringify(value), encodeText(header));
      return [first.kid, jwe.iv, jwe.ciphertext, jwe.tag].join('.');
    },
    async open(purpose, sealed) {
      if (sealed === undefined || sealed.length > MAX_SEALED_LENGTH) return undefined;
      // Asked before the cache, so that a key that was removed opens nothing from then on.
      const ringKey = await findKey(sealed);
      if (!ringKey) return undefined;
      const header = JSON.stringify(headerOf(ringKey.kid, purpose, owner));
      const cacheKey = `${ringKey.fingerprint} ${header} ${sealed}`;
      const known = opened?.find(cacheKey);
      if (known !== undefined) return known;
      const value = await decrypt(sealed, ringKey, header);
      if (opened && value !== undefined) opened.add(cacheKey, deepFreeze(value));
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
  try {
    return JSON.parse(await decryptText(key, parts, encodeText(header)));
  } catch {
    return undefined; // tampered with, or sealed for another purpose, owner or key
  }
}

function readParts(sealed: string): EncryptedText | undefined {
  const [, iv, ciphertext, tag, ...rest] = sealed.split('.');
  if (!iv || !ciphertext || !tag || rest.length > 0) return undefined;
  // Strict base64url: a lenient decoder ignores unused bits, so a changed last character would go unnoticed.
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

async function toRingKey(key: Uint8Array): Promise<RingKey> {
  const fingerprint = await sha256Base64url(toBase64url(key));
  return { kid: fingerprint.slice(0, 8), fingerprint, key };
}
