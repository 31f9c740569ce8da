import { describe, expect, it } from 'vitest';
import { findSector } from './sector.ts';

const sectorOf = (redirect_uris: readonly string[], sector_identifier_uri?: string) =>
  findSector({ subject_type: 'pairwise', redirect_uris, sector_identifier_uri });

describe('the sector of a pairwise client (OIDC Core §8.1)', () => {
  it.each([
    ['its one return address', ['https://a.example/cb'], 'a.example'],
    ['several on one host', ['https://a.example/cb', 'https://A.example:8443/other'], 'a.example'],
    ['a host of this machine with a name', ['https://a.localhost:8443/cb'], 'a.localhost'],
    ['several hosts', ['https://a.example/cb', 'https://b.example/cb'], undefined],
    ['none', [], undefined],
    ['a scheme that a native app claims', ['com.example.app:/cb'], undefined],
    ['such a scheme beside a host', ['https://a.example/cb', 'com.example.app:/cb'], undefined],
    ['a loopback address, which all native apps share', ['http://127.0.0.1/cb'], undefined],
    ['another of those', ['http://[::1]/cb'], undefined],
    ['localhost', ['http://localhost:3000/cb'], undefined],
  ])('by %s', (_what, redirects, sector) => {
    expect(sectorOf(redirects)).toBe(sector);
  });

  it('is the host of sector_identifier_uri, whatever the return addresses are', () => {
    const redirects = ['https://a.example/cb', 'com.example.app:/cb'];
    expect(sectorOf(redirects, 'https://Sector.example/list.json')).toBe('sector.example');
    expect(sectorOf([], 'https://sector.example/list.json')).toBe('sector.example');
  });
});
