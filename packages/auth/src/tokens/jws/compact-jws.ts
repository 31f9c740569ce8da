import { authError, isBase64url, type AuthError } from '../../foundation/index.ts';
import { isJsonObject, parseStrictJson } from '../strict-json.ts';

/** A compact JWS (RFC 7515 §7.1) whose parts are strict base64url. Nothing in it is verified yet. */
export interface CompactJws {
  readonly text: string;
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

/** Splits a token without decoding it. @throws AuthError `token_malformed` */
export function requireCompactJws(token: unknown, maxLength: number): CompactJws {
  if (typeof token !== 'string') throw malformedToken('it is not a string');
  // CWE-770: decoding and hashing take time by length, so the length is checked first.
  if (token.length > maxLength) throw malformedToken(`it is longer than ${maxLength} characters`);
  const [header, payload, signature, ...rest] = token.split('.', 6);
  if (rest.length === 2) throw malformedToken('it is encrypted (JWE), and only signed ones are taken');
  if (!header || !payload || signature === undefined || rest.length > 0) {
    throw malformedToken('it is not three parts joined by dots (RFC 7515 §7.1)');
  }
  // RFC 7515 §2: padding, whitespace, `+` and `/`, or unused bits would give one token several spellings.
  if (![header, payload, signature].every(isBase64url))
    throw malformedToken('a part is not strict base64url');
  return { text: token, header, payload, signature };
}

/** Keeps a byte order mark, which JSON doesn't allow (RFC 8259 §8.1), and throws for bytes that aren't UTF-8. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws AuthError `token_malformed` unless the bytes are the UTF-8 of a JSON object without duplicate members */
export function requireJsonObject(bytes: Uint8Array, name: 'header' | 'payload'): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseStrictJson(utf8.decode(bytes));
  } catch (cause) {
    throw malformedToken(`its ${name} is not JSON in which every member appears once`, cause);
  }
  if (!isJsonObject(value)) throw malformedToken(`its ${name} is not a JSON object`);
  return value;
}

export function malformedToken(what: string, cause?: unknown): AuthError {
  return authError('token_malformed', `the token can't be read: ${what}. Send the token exactly as issued`, {
    cause,
  });
}
