import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { randomId, sha256 } from '../../foundation/secrets.ts';

/**
 * An opaque refresh token, `<family>.<secret>`: the first half is the same in the whole family and finds its
 * row, the second is new at each rotation. Both are 128 random bits, and only their hashes are stored. Only holders
 * of a genuine token know the first half, so a right first half with a wrong second one is reuse of an old token
 * rather than a guess.
 */
export interface RefreshToken {
  readonly value: string;
  readonly familyHash: string;
  readonly tokenHash: string;
}

const TOKEN = /^([A-Za-z0-9_-]{22})\.[A-Za-z0-9_-]{22}$/;

export function parseRefreshToken(value: string): RefreshToken | undefined {
  const family = TOKEN.exec(value)?.[1];
  return family === undefined ? undefined : describe(family, value);
}

/** The first token of a new family. */
export function createRefreshTokenFamily(): RefreshToken {
  const family = randomId();
  return describe(family, `${family}.${randomId()}`);
}

/** The next token of the same family. */
export function createSuccessor({ value }: RefreshToken): RefreshToken {
  const family = value.slice(0, 22);
  return describe(family, `${family}.${randomId()}`);
}

function describe(family: string, value: string): RefreshToken {
  return { value, familyHash: sha256(family), tokenHash: sha256(value) };
}

/**
 * Seals the response to a rotation so that only whoever presents the same token again can open it: the key comes
 * from the token by HKDF (RFC 5869), and at rest there is only the token's hash. A copy of the database gives
 * no token away.
 */
export function sealResponse(token: RefreshToken, response: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', replayKey(token), iv);
  const sealed = [iv, cipher.update(response, 'utf8'), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url');
}

/** @throws Error when the response was not sealed for this token. */
export function openSealedResponse(token: RefreshToken, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', replayKey(token), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString(
    'utf8',
  );
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A key object: as bytes it would be examined for longer than it takes to seal with it. */
function replayKey(token: RefreshToken): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync('sha256', token.value, '', 'refresh answer', 32)));
}
