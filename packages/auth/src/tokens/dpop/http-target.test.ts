import { describe, expect, it } from 'vitest';
import { findHttpTarget } from './http-target.ts';

describe('D-01 findHttpTarget (RFC 9449 §4.3, RFC 3986 §6.2.2 and §6.2.3)', () => {
  it.each([
    ['https://api.example/a', 'https://api.example/a'],
    ['HTTPS://API.example:443/a?b=c#d', 'https://api.example/a'],
    ['http://localhost:80', 'http://localhost/'],
    ['https://api.example', 'https://api.example/'],
    ['https://api.example/a/./b/../c', 'https://api.example/a/c'],
    ['https://api.example/%7efoo/%41', 'https://api.example/~foo/A'],
    ['https://api.example/a%2fb', 'https://api.example/a%2Fb'],
    ['https://api.example/%252f', 'https://api.example/%252f'],
    ['https://[::1]:8443/a', 'https://[::1]:8443/a'],
  ])('%s is %s', (address, target) => {
    expect(findHttpTarget(address)).toBe(target);
  });

  it.each([
    ['/a'],
    ['//api.example/a'],
    ['https:/api.example/a'],
    ['https:///a'],
    [String.raw`https:\\api.example\a`],
    ['https://api.example/a\nb'],
    [' https://api.example/a'],
    ['https://api.example/ä'],
    ['https://user@api.example/a'],
    ['https://:secret@api.example/a'],
    ['https://api.example:99999/a'],
    ['ftp://api.example/a'],
    ['javascript:alert(1)'],
    [''],
    [undefined],
    [{ href: 'https://api.example/a' }],
  ])('%j is none', (address) => {
    expect(findHttpTarget(address)).toBeUndefined();
  });
});
