import { describe, expect, it } from 'vitest';
import { findSiteAddress } from './site-address.ts';

describe('the way to a site', () => {
  const uri = 'https://shop.example';

  it.each([
    [
      'is its initiate_login_uri with the issuer',
      { uri, initiateLoginUri: 'https://shop.example/auth/login' },
      'https://shop.example/auth/login?iss=https%3A%2F%2Fid.example',
    ],
    [
      'keeps the query that was registered',
      { uri: undefined, initiateLoginUri: 'https://shop.example/start?site=a+b' },
      'https://shop.example/start?site=a+b&iss=https%3A%2F%2Fid.example',
    ],
    ['is its home page where it registered no more', { uri, initiateLoginUri: undefined }, uri],
    ['is unknown where it registered neither', { uri: undefined, initiateLoginUri: undefined }, undefined],
  ])('%s', (_what, client, expected) => {
    expect(findSiteAddress(client, 'https://id.example')).toBe(expected);
  });
});
