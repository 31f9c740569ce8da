import { authError, isBase64url, type AuthError } from '../foundation/index.ts';
import { parseStrictJson } from './strict-json.ts';

/** A compact JWS (RFC 7515 §7.1) whose parts are strict base64url; nothing in it is believed yet. */
export interface CompactJws {
  readonly text: string;
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

/** @throws AuthError `token_malformed`, before anything of the token is decoded. */
export function requireCompact(token: unknown, maxLength: number): CompactJws {
  if (typeof token !== 'string') throw malformed('it is not a string');
  // CWE-770: decoding and hashing cost time by length, so length is looked at first.
  if (token.length > maxLength) throw malformed(`it is longer than ${maxLength} characters`);
  const [header, payload, signature, ...rest] = token.split('.', 6);
  if (rest.length === 2) throw malformed('it is encrypted (JWE), and only signed ones are taken');
  if (!header || !payload || signature === undefined || rest.length > 0) {
    throw malformed('it is not three parts joined by dots (RFC 7515 §7.1)');
  }
  // RFC 7515 §2: padding, whitespace, `+` and `/`, or unused bits would give one token several spellings.
  if (![header, payload, signature].every(isBase64url)) throw malformed('a part is not strict base64url');
  return { text: token, header, payload, signature };
}

/** A byte order mark is no JSON (RFC 8259 §8.1), and bytes that are no UTF-8 are no text. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws AuthError `token_malformed` unless the bytes are UTF-8 of one JSON object without duplicate members. */
export function requireJsonObject(bytes: Uint8Array, name: 'header' | 'payload'): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseStrictJson(utf8.decode(bytes));
  } catch (cause) {
    throw malformed(`its ${name} is not JSON in which every member appears once`, cause);
  }
  if (!isObject(value)) throw malformed(`its ${name} is not a JSON object`);
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function malformed(what: string, cause?: unknown): AuthError {
  return authError('token_malformed', `the token can't be read: ${what}. Send the token exactly as issued`, {
    cause,
  });
}
