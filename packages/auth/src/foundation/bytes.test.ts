import { describe, expect, it } from 'vitest';
import { equalInConstantTime, fromBase64url, isBase64url, randomId, toBase64url } from './index.ts';

describe('base64url', () => {
  it.each([0, 1, 2, 3, 4, 31, 32, 33, 300])('of %i bytes is read back', (length) => {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    const text = toBase64url(bytes);
    expect(text).toMatch(/^[\w-]*$/);
    expect(fromBase64url(text)).toEqual(bytes);
  });

  it.each(['A', 'AAAAA', 'AA==', 'AAA=', 'A+AA', 'A/AA', 'AA AA', 'AA\n', '\u00E4AAA', 'AB', 'AAB', 'A.A'])(
    'T-29 %j is refused',
    (text) => {
      expect(isBase64url(text)).toBe(false);
      expect(() => fromBase64url(text)).toThrow(TypeError);
    },
  );
});

it('a random id holds 128 bits and never comes twice', () => {
  const ids = Array.from({ length: 1000 }, () => randomId());
  expect(new Set(ids).size).toBe(1000);
  expect(ids[0]).toMatch(/^[\w-]{22}$/);
  expect(randomId(32)).toHaveLength(43);
});

it.each([
  ['', '', true],
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'ab', false],
  ['', 'a', false],
  ['abc', 'abc\u0000', false],
])('%j equals %j: %s', (left, right, expected) => {
  expect(equalInConstantTime(left, right)).toBe(expected);
});
