import { describe, expect, it } from 'vitest';
import { leastProcessorMilliseconds } from '../testing/index.ts';
import { cookieReader, createCookieJar, isAmbiguous } from './index.ts';

describe('cookies', () => {
  it('G15 are __Host-, Secure, HttpOnly, SameSite and without Domain over https, deletions too', () => {
    const jar = createCookieJar('https://shop.example');
    for (const name of Object.values(jar.names)) expect(name).toMatch(/^__Host-/);
    expect(jar.set(jar.names.session, 'abc', 60.9).line).toBe(
      '__Host-session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
    expect(jar.remove(jar.names.session).line).toBe(
      '__Host-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it('drop prefix and Secure on plain http, where a browser would refuse them', () => {
    const jar = createCookieJar('http://127.0.0.1:3000');
    expect(jar.set(jar.names.session, 'abc', 60).line).toBe(
      'session=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
    );
  });

  it.each(['a; Domain=localhost', 'a\r\nSet-Cookie: b=c', 'a,b', 'ü', '"a"', 'a b', 'a%3B'])(
    'C-08 a value %j never reaches the line',
    (value) => {
      const jar = createCookieJar('https://shop.example');
      expect(() => jar.set(jar.names.session, value, 60)).toThrow(TypeError);
    },
  );
});

describe('reading cookies', () => {
  it.each([
    ['one among others', 'a=1; __Host-session=x.y; b=2', 'x.y'],
    ['C-02 the same name twice reads as absent', '__Host-session=x; __Host-session=y', undefined],
    [
      'C-02 the same name three times reads as absent',
      '__Host-session=x; __Host-session=y; __Host-session=x',
      undefined,
    ],
    [
      'C-03 a look-alike name is another cookie',
      '__host-session=x; session=y; __Host-session-2=z',
      undefined,
    ],
    ['C-03 a space that HTTP does not know makes another name', '\u00A0__Host-session=x', undefined],
    ['C-03 so does a vertical tab', '\u000B__Host-session=x', undefined],
    ['spaces and tabs of HTTP', 'a=1;\t __Host-session \t= x\t', 'x'],
    ['no header', null, undefined],
    ['no equals sign', '__Host-session', undefined],
    ['X-15 a prototype name', '__proto__=x; constructor=y', undefined],
  ])('%s', (_what, header, expected) => {
    expect(cookieReader(header)('__Host-session')).toBe(expected);
  });

  it('C-04 180 cookies of a sibling do not hide ours', () => {
    const flood = Array.from({ length: 180 }, (_, index) => `c${index}=${'x'.repeat(20)}`).join('; ');
    expect(cookieReader(`${flood}; __Host-session=ours`)('__Host-session')).toBe('ours');
  });
});

describe('a cookie that readers could differ about', () => {
  it.each([
    ['a=1; a=2', true],
    ['a=1; b=1; a=1', true],
    ['a=; a=', true],
    ['a=%31', true],
    ['a=1; b=%31', false],
    ['a=1; b=1', false],
    ['b=1', false],
    ['', false],
    [null, false],
  ])('C-02 %j: %s', (header, twice) => expect(isAmbiguous(header, 'a')).toBe(twice));
});

it('X-16 takes white space off a cookie of 50 kB for less than 50 ms of processor', async () => {
  const header = `a=${' '.repeat(50_000)}x;${' '.repeat(50_000)}b=1`;
  expect(await leastProcessorMilliseconds(() => cookieReader(header)('b'), { process })).toBeLessThan(50);
});
