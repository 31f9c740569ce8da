import { describe, expect, it } from 'vitest';
import { equalHashes, randomId, sha256 } from './secrets.ts';

describe('a random value', () => {
  it('is another one each time, also where the pool behind it is filled anew', () => {
    const ids = Array.from({ length: 5000 }, () => randomId());
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[\w-]{22}$/.test(id))).toBe(true);
  });

  it('uses all its bits: each of the 64 letters comes up, and none much oftener than others', () => {
    const counts = new Map<string, number>();
    for (let draw = 0; draw < 3000; draw += 1)
      for (const letter of randomId(48)) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(64);
    expect([...counts.values()].every((count) => count > 2500 && count < 3500)).toBe(true);
  });

  it.each([1, 8, 16, 4096, 10_000])('has %i bytes where so many are asked for', (bytes) => {
    expect(Buffer.from(randomId(bytes), 'base64url').length).toBe(bytes);
    expect(Buffer.from(randomId(bytes), 'base64url').length).toBe(bytes);
  });
});

it('a hash is SHA-256 in base64url, of the text’s UTF-8', () => {
  expect(sha256('')).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
  expect(equalHashes(sha256('ä'), sha256('a\u0308'))).toBe(false);
  expect(equalHashes(sha256('ä'), sha256('\u00e4'))).toBe(true);
});
