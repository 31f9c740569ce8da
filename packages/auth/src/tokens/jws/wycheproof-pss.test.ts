import { describe, expect, it } from 'vitest';
import { forge } from '../../testing/index.ts';
import { signAccessToken, type SigningAlgorithm } from '../index.ts';
import {
  createRawRsa,
  RSA_BYTES,
  toBytes,
  type RawSignature,
} from '../../testing/forgeries/raw-rsa-signature.ts';

// The ideas of Wycheproof's rsa_pss vectors (ModifiedSignature, ParameterMismatch), signed here.

const rsa = await createRawRsa();
const { n, signBlock, tokenOf, claims } = rsa;
const verify = (token: string) => rsa.verify(token, ['PS256']);
type Bytes = Uint8Array<ArrayBuffer>;

const digest = async (bytes: Bytes, name = 'SHA-256') =>
  new Uint8Array(await crypto.subtle.digest(name, bytes));
const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** MGF1 (RFC 8017 §B.2.1). */
async function mask(seed: Uint8Array, length: number, hash: string): Promise<Bytes> {
  const blocks: Bytes[] = [];
  for (let counter = 0; counter * 20 < length; counter++) {
    blocks.push(await digest(join(seed, Uint8Array.of(0, 0, 0, counter)), hash));
  }
  return join(...blocks).slice(0, length);
}

/** How a block differs from the right one (RFC 8017 §9.1.1). */
interface Change {
  readonly saltLength?: number;
  readonly hash?: string;
  readonly mgfHash?: string;
  readonly trailer?: number;
  /** What stands in front of mHash and salt: eight zeros. */
  readonly prefix?: number;
  readonly mHash?: (right: Bytes) => Bytes;
  /** H, before the mask is made of it. */
  readonly h?: (right: Bytes) => Bytes;
  /** DB, before it is masked. */
  readonly db?: (right: Bytes) => Bytes;
  /** EM as a whole. */
  readonly em?: (right: Bytes) => Bytes;
}

const same = (bytes: Bytes) => bytes;
const replaced = (at: number, change: (byte: number) => number) => (bytes: Bytes) =>
  bytes.with(at < 0 ? bytes.length + at : at, change(bytes.at(at) ?? 0));

async function pss(input: Bytes, change: Change = {}): Promise<Bytes> {
  const { saltLength = 32, hash = 'SHA-256', mgfHash = hash, trailer = 0xbc, prefix = 0 } = change;
  const { mHash = same, h = same, db = same, em = same } = change;
  const salt = crypto.getRandomValues(new Uint8Array(saltLength));
  const hashed = join(new Uint8Array(8).fill(prefix), mHash(await digest(input, hash)), salt);
  const seed = h(await digest(hashed, hash));
  const room = RSA_BYTES - seed.length - 1;
  const data = db(join(new Uint8Array(room - salt.length - 1), Uint8Array.of(1), salt));
  const covering = await mask(seed, room, mgfHash);
  const masked = data.map((byte, at) => byte ^ (covering[at] ?? 0));
  masked[0] = (masked[0] ?? 0) & 0x7f;
  return em(join(masked, seed, Uint8Array.of(trailer)));
}

const changes: readonly (readonly [what: string, change: Change])[] = [
  ...[0, 1, 20, 31, 33, 48, 64, 222].map(
    (saltLength) => [`a salt of ${saltLength} bytes`, { saltLength }] as const,
  ),
  ['SHA-1', { hash: 'SHA-1', saltLength: 20 }],
  ['SHA-384', { hash: 'SHA-384', saltLength: 48 }],
  ['SHA-512', { hash: 'SHA-512', saltLength: 64 }],
  ['SHA-384 and a salt of 32 bytes', { hash: 'SHA-384' }],
  ['MGF1 of SHA-1', { mgfHash: 'SHA-1' }],
  ['MGF1 of SHA-512', { mgfHash: 'SHA-512' }],
  ['the first bit of mHash changed', { mHash: replaced(0, (byte) => byte ^ 0x80) }],
  ['the last bit of mHash changed', { mHash: replaced(-1, (byte) => byte ^ 1) }],
  ['mHash all zeros', { mHash: (right) => right.fill(0) }],
  ['mHash left out', { mHash: (right) => right.slice(0, 0) }],
  ['a prefix that is not zero', { prefix: 1 }],
  ['the first bit of H changed', { h: replaced(0, (byte) => byte ^ 0x80) }],
  ['the last bit of H changed', { h: replaced(-1, (byte) => byte ^ 1) }],
  ['H all zeros', { h: (right) => right.fill(0) }],
  ['H all ones', { h: (right) => right.fill(0xff) }],
  ['H one byte shorter', { h: (right) => right.slice(1) }],
  ['padding whose first byte is not zero', { db: replaced(0, () => 0x40) }],
  ['padding whose last byte is not zero', { db: replaced(-34, () => 1) }],
  ['padding of ones', { db: (right) => right.fill(0xff, 0, -33) }],
  ['separator 00', { db: replaced(-33, () => 0) }],
  ['separator 02', { db: replaced(-33, () => 2) }],
  ['the salt changed', { db: replaced(-1, (byte) => byte ^ 1) }],
  ...[0x00, 0x3c, 0xbd, 0xbe, 0xcc, 0xff].map(
    (trailer) => [`trailer ${trailer.toString(16)}`, { trailer }] as const,
  ),
  ['nothing but trailers', { em: (right) => right.fill(0xbc).fill(0, 0, 1) }],
  ['its bytes in reverse', { em: (right) => right.toReversed() }],
];

/** Blocks with the leading bit set, which RFC 8017 §9.1.2(6) wants to be zero, and still below n. */
async function withLeadingBit(input: Bytes): Promise<bigint> {
  for (;;) {
    const block = await pss(input, { em: replaced(0, (byte) => byte | 0x80) });
    if (BigInt(block[0] ?? 0) < n >> 2040n) return signBlock(block);
  }
}

/** The same signature plus n, which still fits into the signature's length (RFC 8017 §5.2.2: out of range). */
async function notReduced(input: Bytes): Promise<bigint> {
  for (;;) {
    const signature = signBlock(await pss(input)) + n;
    if (signature < 1n << 2048n) return signature;
  }
}

const signatureRows: readonly (readonly [what: string, make: (input: Bytes) => Promise<RawSignature>])[] = [
  ['whose leading bit is set', withLeadingBit],
  ['s + n', notReduced],
  ['0', async () => 0n],
  ['1', async () => 1n],
  ['n - 1', async () => n - 1n],
  ['n', async () => n],
  ['n - s', async (input) => n - signBlock(await pss(input))],
  ['with a byte 00 in front', async (input) => join(Uint8Array.of(0), toBytes(signBlock(await pss(input))))],
  ['with a byte 00 behind', async (input) => join(toBytes(signBlock(await pss(input))), Uint8Array.of(0))],
  ['without its first byte', async (input) => toBytes(signBlock(await pss(input))).slice(1)],
  ['without its last byte', async (input) => toBytes(signBlock(await pss(input))).slice(0, -1)],
];

describe('PS256 (RFC 8017 §8.1.2, RFC 7518 §3.5)', () => {
  it('is accepted as it is padded here, and as an engine signs', async () => {
    const own = await tokenOf('PS256', async (input) => signBlock(await pss(input)));
    for (const token of [own, await signAccessToken(claims, await rsa.signingKey('PS256'))]) {
      await expect(verify(token)).resolves.toEqual(claims);
    }
  });

  it.each(changes)('G4 is refused with %s', async (_what, change) => {
    const token = await tokenOf('PS256', async (input) => signBlock(await pss(input, change)));
    await expect(verify(token)).rejects.toMatchObject({ code: 'token_signature' });
  });

  it.each(signatureRows)('G4 is refused with a signature %s', async (_what, make) => {
    await expect(verify(await tokenOf('PS256', make))).rejects.toMatchObject({ code: 'token_signature' });
  });
});

const all: readonly SigningAlgorithm[] = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const pairs = all.flatMap((claimed) => all.map((signed) => [claimed, signed] as const));

describe('one RSA key without alg, at a verifier that takes all algorithms', () => {
  const verifyAs = async (claimed: SigningAlgorithm, signed: SigningAlgorithm) => {
    const signer = await rsa.signingKey(signed);
    const header = { alg: claimed, typ: 'at+jwt', kid: signer.kid };
    return rsa.verify(await forge({ header, claims: { ...claims }, signer }), all);
  };

  it.each(all)('%s is accepted', async (alg) => {
    await expect(verifyAs(alg, alg)).resolves.toEqual(claims);
  });

  it.each(pairs.filter(([claimed, signed]) => claimed !== signed))(
    'G4 T-04 %s claimed, %s signed is refused',
    async (claimed, signed) => {
      await expect(verifyAs(claimed, signed)).rejects.toMatchObject({ code: 'token_signature' });
    },
  );
});
