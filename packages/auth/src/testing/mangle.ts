import { fromBase64url, toBase64url, type AuthErrorCode } from '../foundation/index.ts';

/** A right token whose text is changed on the way, perhaps with parts of another right one. */
export type Mangle = (token: string, other: string) => string;

/** Catalogue id and what is changed, how, and the code it must be refused with. */
export type MangledRow = readonly [what: string, mangle: Mangle, code: AuthErrorCode];

export const partOf = (token: string, index: number): string => token.split('.')[index] ?? '';

/** The last part is the signature. */
export const withSignature = (token: string, signature: string): string =>
  `${token.slice(0, token.lastIndexOf('.'))}.${signature}`;

/** The token with the bytes of its signature changed. */
export function resized(token: string, change: (signature: Uint8Array) => Uint8Array): string {
  return withSignature(token, toBase64url(change(fromBase64url(partOf(token, 2)))));
}
