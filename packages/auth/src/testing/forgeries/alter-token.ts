import { fromBase64url, toBase64url, type AuthErrorCode } from '../../foundation/index.ts';

/** Changes the text of a correct token, perhaps with parts of another correct one. */
export type AlterToken = (token: string, other: string) => string;

/** What is changed, how, and the error code that a verifier must refuse the result with. */
export type AlteredTokenRow = readonly [what: string, mangle: AlterToken, code: AuthErrorCode];

export const partOf = (token: string, index: number): string => token.split('.')[index] ?? '';

/** The last part is the signature. */
export const withSignature = (token: string, signature: string): string =>
  `${token.slice(0, token.lastIndexOf('.'))}.${signature}`;

/** The token with the bytes of its signature changed. */
export function resized(token: string, change: (signature: Uint8Array) => Uint8Array): string {
  return withSignature(token, toBase64url(change(fromBase64url(partOf(token, 2)))));
}
