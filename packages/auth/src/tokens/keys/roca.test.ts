import { describe, expect, it } from 'vitest';
import { toBase64url } from '../../foundation/index.ts';
import { generateSigningJwk } from '../index.ts';
import { createKeySet } from './key-set.ts';
import { isRoca } from './roca.ts';

/** The product of the first 126 primes: M of the flawed generator for keys of 1984 to 3936 bits. */
const M = firstPrimes(126).reduce((product, prime) => product * prime, 1n);

function firstPrimes(count: number): bigint[] {
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  return primes;
}

function randomInteger(bits: number): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(bits / 8));
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return BigInt(`0x${hex}`) | (1n << BigInt(bits - 1)) | 1n;
}

/** A factor as the flawed generator made it, but for being prime: k·M + (65537^a mod M), 1024 bits. */
function flawedFactor(): bigint {
  let power = 1n;
  for (let a = randomInteger(64) % 1000n; a > 0n; a--) power = (power * 65_537n) % M;
  return ((randomInteger(1024) | (1n << 1022n)) / M) * M + power;
}

function toJwk(modulus: bigint) {
  const hex = modulus.toString(16).padStart(512, '0');
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return { kty: 'RSA', kid: 'chip', n: toBase64url(bytes), e: 'AQAB' };
}

describe('an RSA modulus', () => {
  it('of the form of CVE-2017-15361 is recognised', () => {
    for (let n = 0; n < 20; n++) expect(isRoca(flawedFactor() * flawedFactor())).toBe(true);
  });

  it('of any other form is not taken for one', () => {
    for (let n = 0; n < 50; n++) expect(isRoca(randomInteger(2048))).toBe(false);
  });

  it('of a generated key is not taken for one', async () => {
    const jwk = await generateSigningJwk('RS256');
    await expect(createKeySet({ keys: [jwk] }).find({ alg: 'RS256' })).resolves.toBeDefined();
  });
});

it('G4 a key set has no key with such a modulus, for everybody can compute its private half', async () => {
  const keys = [toJwk(flawedFactor() * flawedFactor())];
  await expect(createKeySet({ keys }).find({ alg: 'RS256', kid: 'chip' })).resolves.toBeUndefined();
  const ordinary = [toJwk(randomInteger(2048))];
  await expect(createKeySet({ keys: ordinary }).find({ alg: 'RS256', kid: 'chip' })).resolves.toBeDefined();
});
