import { fromBase64url, toBase64url, type AuthErrorCode } from '../foundation/index.ts';

/** A right token whose text is changed on the way, perhaps with parts of another right one. */
export type Mangle = (token: string, other: string) => string;

/** Catalogue id and what is changed, how, and the code it must be refused with. For ES256. */
export type MangledRow = readonly [what: string, mangle: Mangle, code: AuthErrorCode];

/** What is wrong with a token's text, whatever its kind. For `it.each`. */
export function mangledRows(): readonly MangledRow[] {
  return [...formRows, ...base64Rows, ...alteredRows, ...ecdsaRows()];
}

/** The last part is the signature. */
const withSignature = (token: string, signature: string) =>
  `${token.slice(0, token.lastIndexOf('.'))}.${signature}`;
const part = (token: string, index: number) => token.split('.')[index] ?? '';

const formRows: readonly MangledRow[] = [
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
  return JSON.stringify({ protected: part(token, 0), payload: part(token, 1), signature: part(token, 2) });
}

function general(token: string): string {
  const signatures = [{ protected: part(token, 0), signature: part(token, 2) }];
  return JSON.stringify({ payload: part(token, 1), signatures });
}

const base64Rows: readonly MangledRow[] = [
  ['T-29 padding', (token) => `${token}==`, 'token_malformed'],
  [
    'T-29 the alphabet with +',
    (token) => withSignature(token, `+${part(token, 2).slice(1)}`),
    'token_malformed',
  ],
  [
    'T-29 the alphabet with /',
    (token) => withSignature(token, `/${part(token, 2).slice(1)}`),
    'token_malformed',
  ],
  ['T-29 a space in front', (token) => ` ${token}`, 'token_malformed'],
  ['T-29 a line break behind', (token) => `${token}\n`, 'token_malformed'],
  ['T-29 a space inside', (token) => token.replace('.', ' .'), 'token_malformed'],
  ['T-29 a NUL behind', (token) => `${token}\0`, 'token_malformed'],
  ['T-29 unused bits set', (token) => withUnusedBits(token), 'token_malformed'],
  ['T-29 a lone character', (token) => `${token}AAA`, 'token_malformed'],
];

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 64 bytes leave four unused bits in the last of 86 characters: the next letter decodes to the same bytes. */
function withUnusedBits(token: string): string {
  return token.slice(0, -1) + (ALPHABET[ALPHABET.indexOf(token.slice(-1)) + 1] ?? 'B');
}

const alteredRows: readonly MangledRow[] = [
  ['T-35 a claim changed after signing', (token) => alterPayload(token), 'token_signature'],
  ['T-35 one bit of the signature changed', (token) => flip(token), 'token_signature'],
  [
    'T-35 the signature of another token',
    (token, other) => withSignature(token, part(other, 2)),
    'token_signature',
  ],
];

function alterPayload(token: string): string {
  const text = new TextDecoder().decode(fromBase64url(part(token, 1)));
  const altered = toBase64url(new TextEncoder().encode(text.replace('"iss":', '"admin":true,"iss":')));
  return `${part(token, 0)}.${altered}.${part(token, 2)}`;
}

function flip(token: string): string {
  const bytes = fromBase64url(part(token, 2));
  bytes[10] = (bytes[10] ?? 0) ^ 1;
  return withSignature(token, toBase64url(bytes));
}

/** The order of P-256 (FIPS 186-5), and what r and s must never be. */
const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const SCALARS = {
  '0': '0'.repeat(64),
  '1': '1'.padStart(64, '0'),
  'n-1': ORDER.replace(/1$/, '0'),
  n: ORDER,
} as const;

/** RFC 7518 §3.4 and CVE-2022-21449: degenerate scalars, other lengths, other encodings. */
function ecdsaRows(): readonly MangledRow[] {
  const pairs = Object.entries(SCALARS).flatMap(([rName, r]) =>
    Object.entries(SCALARS).map(([sName, s]): MangledRow => {
      return [
        `T-31 r = ${rName}, s = ${sName}`,
        (token) => withSignature(token, toBase64url(fromHex(r + s))),
        'token_signature',
      ];
    }),
  );
  return [
    ...pairs,
    ['T-31 63 bytes', (token) => resized(token, (bytes) => bytes.slice(1)), 'token_signature'],
    ['T-31 65 bytes', (token) => resized(token, (bytes) => new Uint8Array([0, ...bytes])), 'token_signature'],
    ['T-31 DER', (token) => resized(token, toDer), 'token_signature'],
  ];
}

function resized(token: string, change: (signature: Uint8Array) => Uint8Array): string {
  return withSignature(token, toBase64url(change(fromBase64url(part(token, 2)))));
}

function toDer(signature: Uint8Array): Uint8Array {
  const integers = [signature.slice(0, 32), signature.slice(32)].flatMap((bytes) => [0x02, 33, 0, ...bytes]);
  return new Uint8Array([0x30, integers.length, ...integers]);
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
