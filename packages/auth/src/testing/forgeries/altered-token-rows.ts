import { fromBase64url, toBase64url } from '../../foundation/index.ts';
import type { SigningKey } from '../../tokens/index.ts';
import { type AlteredTokenRow, partOf, resized, withSignature } from './alter-token.ts';
import { signatureRows } from './signature-rows.ts';

/**
 * Changes of a token's text that every verifier must refuse, for a token of any kind. For `it.each`.
 *
 * @param signer whose tokens they are, e.g. `issuer.keys.signer()`; default: any ES256 key.
 */
export function alteredTokenRows(
  signer: Pick<SigningKey, 'alg' | 'publicJwk'> = { alg: 'ES256', publicJwk: {} },
): readonly AlteredTokenRow[] {
  const spellings = hasUnusedBits(signer.alg) ? [unusedBitsRow] : [];
  return [...formRows, ...base64Rows, ...spellings, ...alteredRows, ...signatureRows(signer)];
}

const formRows: readonly AlteredTokenRow[] = [
  [
    'T-26 a JWE with PBES2 and a huge p2c',
    () => jwe({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', p2c: 1e9, p2s: 'AA' }),
    'token_malformed',
  ],
  ['T-26 a JWE with zip DEF', () => jwe({ alg: 'dir', enc: 'A256GCM', zip: 'DEF' }), 'token_malformed'],
  ['T-27 8 kB', (token) => `${token}${'A'.repeat(8192)}`, 'token_malformed'],
  ['T-27 5 MB', () => 'A'.repeat(5_000_000), 'token_malformed'],
  ['T-27 10 000 dots', () => '.'.repeat(10_000), 'token_malformed'],
  ['T-27 five dots', (token) => `${token}..`, 'token_malformed'],
  ['T-30 flattened JSON', (token) => flattened(token), 'token_malformed'],
  ['T-30 general JSON', (token) => general(token), 'token_malformed'],
  ['empty', () => '', 'token_malformed'],
  ['two parts', (token) => token.slice(0, token.lastIndexOf('.')), 'token_malformed'],
  ['four parts', (token) => `${token}.AAAA`, 'token_malformed'],
  ['an empty header', (token) => token.slice(token.indexOf('.')), 'token_malformed'],
  ['an opaque token', () => 'c29tZXRoaW5nLW9wYXF1ZQ', 'token_malformed'],
];

function jwe(header: object): string {
  return [toBase64url(new TextEncoder().encode(JSON.stringify(header))), 'AA', 'AA', 'AA', 'AA'].join('.');
}

function flattened(token: string): string {
  return JSON.stringify({
    protected: partOf(token, 0),
    payload: partOf(token, 1),
    signature: partOf(token, 2),
  });
}

function general(token: string): string {
  const signatures = [{ protected: partOf(token, 0), signature: partOf(token, 2) }];
  return JSON.stringify({ payload: partOf(token, 1), signatures });
}

const base64Rows: readonly AlteredTokenRow[] = [
  ['T-29 padding', (token) => `${token}==`, 'token_malformed'],
  [
    'T-29 the alphabet with +',
    (token) => withSignature(token, `+${partOf(token, 2).slice(1)}`),
    'token_malformed',
  ],
  [
    'T-29 the alphabet with /',
    (token) => withSignature(token, `/${partOf(token, 2).slice(1)}`),
    'token_malformed',
  ],
  ['T-29 a space in front', (token) => ` ${token}`, 'token_malformed'],
  ['T-29 a line break behind', (token) => `${token}\n`, 'token_malformed'],
  ['T-29 a space inside', (token) => token.replace('.', ' .'), 'token_malformed'],
  ['T-29 a NUL behind', (token) => `${token}\0`, 'token_malformed'],
  ['T-29 a lone character', (token) => withLoneCharacter(token), 'token_malformed'],
];

/** Base64url of whole bytes never has 4n + 1 characters. */
function withLoneCharacter(token: string): string {
  const characters = partOf(token, 2).length;
  return token + 'A'.repeat((5 - (characters % 4)) % 4);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Signatures of 96 bytes (ES384) and 132 (ES512) use all bits of their last character; the others leave four unused. */
const hasUnusedBits = (alg: string) => alg !== 'ES384' && alg !== 'ES512';

/** With four unused bits in the last character the next letter decodes to the same bytes. */
const unusedBitsRow: AlteredTokenRow = [
  'T-29 unused bits set',
  (token) => token.slice(0, -1) + (ALPHABET[ALPHABET.indexOf(token.slice(-1)) + 1] ?? 'B'),
  'token_malformed',
];

const alteredRows: readonly AlteredTokenRow[] = [
  ['T-35 a claim changed after signing', (token) => alterPayload(token), 'token_signature'],
  ['T-35 one bit of the signature changed', (token) => flip(token), 'token_signature'],
  [
    'T-35 the signature of another token',
    (token, other) => withSignature(token, partOf(other, 2)),
    'token_signature',
  ],
];

function alterPayload(token: string): string {
  const text = new TextDecoder().decode(fromBase64url(partOf(token, 1)));
  const altered = toBase64url(new TextEncoder().encode(text.replace('"iss":', '"admin":true,"iss":')));
  return `${partOf(token, 0)}.${altered}.${partOf(token, 2)}`;
}

function flip(token: string): string {
  return resized(token, (bytes) => bytes.map((byte, at) => (at === 10 ? byte ^ 1 : byte)));
}
