import { engine } from './chosen-engine.ts';

/** A text's UTF-8 in base64url (RFC 7515 §2). */
export function encodeText(text: string): string {
  return engine.toBase64url(utf8.encode(text));
}

/** The bytes of strict base64url: `isBase64url` was asked. */
export function decodeBytes(encoded: string): Uint8Array {
  return engine.fromBase64url(encoded);
}

const utf8 = new TextEncoder();
