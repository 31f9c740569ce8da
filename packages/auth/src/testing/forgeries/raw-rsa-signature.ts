import type { JWK } from 'jose';
import { fromBase64url, toBase64url } from '../../foundation/index.ts';
import {
  createLocalKeys,
  generateSigningJwk,
  importSigningKey,
  verifyAccessToken,
  type AccessTokenClaims,
  type SigningAlgorithm,
  type SigningKey,
} from '../../tokens/index.ts';

/** The bytes of an RSA key of 2048 bits, and of its signatures. */
export const RSA_BYTES = 256;

/** What stands in the place of a signature: an integer, written big-endian, or any bytes. */
export type RawSignature = bigint | Uint8Array;

/** An RSA key whose private operation is done by hand, so that any block can stand in the place of a padded hash. */
export interface RawRsa {
  readonly n: bigint;
  readonly claims: AccessTokenClaims;
  /** RSASP1 (RFC 8017 §5.2.1), without any padding. */
  readonly signBlock: (block: Uint8Array) => bigint;
  /** The same key as engines sign with it. */
  readonly signingKey: (alg: SigningAlgorithm) => Promise<SigningKey>;
  /** An access token whose signature is made from its signing input. */
  readonly tokenOf: (
    alg: SigningAlgorithm,
    make: (input: Uint8Array<ArrayBuffer>) => Promise<RawSignature>,
  ) => Promise<string>;
  /**
   * Verifies a token by this key, published without `alg`: nothing but the signature tells algorithms apart.
   *
   * @param published members that are published otherwise.
   */
  readonly verify: (
    token: string,
    algorithms: readonly SigningAlgorithm[],
    published?: Partial<JWK>,
  ) => Promise<AccessTokenClaims>;
}

const NOW = 1_800_000_000;
const names = { issuer: 'https://id.example', audience: 'https://api.example' };
const claims: AccessTokenClaims = {
  iss: names.issuer,
  aud: names.audience,
  sub: 'ada',
  client_id: 'app',
  jti: 'jti-1',
  iat: NOW,
  exp: NOW + 60,
};

/** For tests of refusals only. */
export async function createRawRsa(): Promise<RawRsa> {
  const jwk = await generateWithRoom();
  const { kid = '', kty = 'RSA', n = '', e = '', d = '' } = jwk;
  const [modulus, exponent] = [toInteger(fromBase64url(n)), toInteger(fromBase64url(d))];
  return {
    n: modulus,
    claims,
    signBlock: (block) => power(toInteger(block), exponent, modulus),
    signingKey: (alg) => importSigningKey({ ...jwk, alg }),
    async tokenOf(alg, make) {
      const text = `${encode({ alg, typ: 'at+jwt', kid })}.${encode(claims)}`;
      const signature = await make(new TextEncoder().encode(text));
      return `${text}.${toBase64url(typeof signature === 'bigint' ? toBytes(signature) : signature)}`;
    },
    verify(token, algorithms, published) {
      const keys = createLocalKeys({ keys: [{ kty, n, e, kid, ...published }] });
      return verifyAccessToken(token, { ...names, algorithms, keys, clock: () => NOW });
    },
  };
}

/** A key whose signatures are below 2^2048 often enough when n is added to them. */
async function generateWithRoom(): Promise<JWK> {
  for (;;) {
    const jwk = await generateSigningJwk('RS256');
    if ((fromBase64url(jwk.n ?? '')[0] ?? 0) < 0xe0) return jwk;
  }
}

const encode = (value: object) => toBase64url(new TextEncoder().encode(JSON.stringify(value)));

/** Big-endian, and longer than the modulus only where the number is. */
export function toBytes(value: bigint): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16).padStart(2 * RSA_BYTES, '0');
  return fromHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

/** @param hex spaces may stand in it. */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function toInteger(bytes: Uint8Array): bigint {
  return BigInt(`0x${toHex(bytes)}`);
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, square] = [1n, base % modulus];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}
