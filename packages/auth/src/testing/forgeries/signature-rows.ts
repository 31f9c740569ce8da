import { fromBase64url, toBase64url } from '../../foundation/index.ts';
import type { SigningKey } from '../../tokens/index.ts';
import { type AlteredTokenRow, resized, withSignature } from './alter-token.ts';

/** Signatures that no signer creates. A verifier must refuse each with `token_signature`. */
export function signatureRows({
  alg,
  publicJwk,
}: Pick<SigningKey, 'alg' | 'publicJwk'>): readonly AlteredTokenRow[] {
  if (alg === 'EdDSA') return [...edwardsRows, ...lengthRows];
  if (alg === 'ES256' || alg === 'ES384' || alg === 'ES512') return ecdsaRows(curves[alg]);
  return rsaRows(fromBase64url(publicJwk.n ?? ''));
}

const row = (what: string, signature: Uint8Array): AlteredTokenRow => [
  `T-31 ${what}`,
  (token) => withSignature(token, toBase64url(signature)),
  'token_signature',
];

const lengthRows: readonly AlteredTokenRow[] = [
  ['T-31 a byte less', (token) => resized(token, (bytes) => bytes.slice(1)), 'token_signature'],
  [
    'T-31 a byte more',
    (token) => resized(token, (bytes) => new Uint8Array([0, ...bytes])),
    'token_signature',
  ],
  ['T-31 half of it', (token) => resized(token, (bytes) => bytes.slice(bytes.length / 2)), 'token_signature'],
];

interface Curve {
  /** Of r, and of s. */
  readonly bytes: number;
  readonly order: bigint;
}

/** FIPS 186-5, SEC 2 */
const curves: Readonly<Record<'ES256' | 'ES384' | 'ES512', Curve>> = {
  ES256: { bytes: 32, order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n },
  ES384: {
    bytes: 48,
    order:
      0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  ES512: {
    bytes: 66,
    order:
      0x01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
};

/** RFC 7518 §3.4 and CVE-2022-21449: degenerate scalars, other lengths, other encodings. */
function ecdsaRows({ bytes, order }: Curve): readonly AlteredTokenRow[] {
  const scalars = Object.entries({ '0': 0n, '1': 1n, 'n-1': order - 1n, n: order });
  const pairs = scalars.flatMap(([rName, r]) =>
    scalars.map(([sName, s]) =>
      row(`r = ${rName}, s = ${sName}`, new Uint8Array([...toBytes(r, bytes), ...toBytes(s, bytes)])),
    ),
  );
  return [...pairs, ...lengthRows, ['T-31 DER', (token) => resized(token, toDer), 'token_signature']];
}

function toDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  const halves = [signature.slice(0, half), signature.slice(half)];
  const integers = halves.flatMap((bytes) => [0x02, half + 1, 0, ...bytes]);
  const length = integers.length < 0x80 ? [integers.length] : [0x81, integers.length];
  return new Uint8Array([0x30, ...length, ...integers]);
}

/** RFC 8017 §8.1.2, §8.2.2: a signature is a number below the modulus, of the same length. 0 and 1 are degenerate. */
function rsaRows(modulus: Uint8Array): readonly AlteredTokenRow[] {
  const n = toNumber(modulus);
  const numbers = Object.entries({ '0': 0n, '1': 1n, 'n-1': n - 1n, n });
  return [
    ...numbers.map(([name, value]) => row(`s = ${name}`, toBytes(value, modulus.length))),
    ...lengthRows,
  ];
}

/** The order of the base point (RFC 8032 §5.1). */
const EDWARDS_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const reversed = (bytes: Uint8Array) => bytes.slice().toReversed();

/** RFC 8032 §5.1.7: S must be below the order, else one signature has several spellings. The neutral point is degenerate. */
const edwardsRows: readonly AlteredTokenRow[] = [
  row('R and S of zeros', new Uint8Array(64)),
  row('R neutral, S = 0', new Uint8Array([1, ...new Uint8Array(63)])),
  ['T-31 S + order', (token) => resized(token, withLargerS), 'token_signature'],
];

function withLargerS(signature: Uint8Array): Uint8Array {
  const s = toNumber(reversed(signature.slice(32))) + EDWARDS_ORDER;
  return new Uint8Array([...signature.slice(0, 32), ...reversed(toBytes(s, 32))]);
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n);
}

/** Big-endian. */
function toBytes(value: bigint, length: number): Uint8Array {
  const hex = value.toString(16).padStart(length * 2, '0');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
