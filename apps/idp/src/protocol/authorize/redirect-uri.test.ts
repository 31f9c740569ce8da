import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizePath, type TestProvider, openTestProvider } from '../../../test/test-provider.ts';

/** P-01: what attackers write in the place of https://shop.example/auth/callback. */
const variants: readonly string[] = [
  'https://evil.example/auth/callback',
  'http://shop.example/auth/callback',
  'https://shop.example/auth/callback/',
  'https://shop.example/auth/callback/../steal',
  'https://shop.example/auth/callback?next=https://evil.example',
  'https://shop.example/auth/callback#fragment',
  'https://shop.example/auth/callback%23',
  'https://shop.example/auth/callback%2f..',
  'https://shop.example/auth/Callback',
  'https://SHOP.example/auth/callback',
  'HTTPS://shop.example/auth/callback',
  'https://shop.example:443/auth/callback',
  'https://shop.example:8443/auth/callback',
  'https://shop.example./auth/callback',
  'https://shop.example.evil.example/auth/callback',
  'https://evil.example/https://shop.example/auth/callback',
  'https://shop.example@evil.example/auth/callback',
  'https://user:pass@shop.example/auth/callback',
  'https://evil.shop.example/auth/callback',
  'https://shop.example\\@evil.example/auth/callback',
  '//shop.example/auth/callback',
  '/auth/callback',
  'https://shop.example/auth/callback https://evil.example',
  ' https://shop.example/auth/callback',
  'https://shop.example/auth/callback\r\nLocation: https://evil.example',
  'javascript:alert(1)//https://shop.example/auth/callback',
  'https://ѕhop.example/auth/callback',
  'https://blog.example/auth/callback',
];

describe('an address that is not registered gets a page, never a redirect', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each(variants)('P-01 %j', async (redirect_uri) => {
    for (const change of [
      { redirect_uri },
      { redirect_uri, prompt: 'none' },
      { redirect_uri, response_type: 'token' },
    ]) {
      const response = await idp.browser().get(authorizePath(change));
      expect(response.status).toBe(400);
      expect(response.headers.get('location')).toBeNull();
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it.each([
    ['no redirect_uri', authorizePath({ redirect_uri: undefined }), 'redirect_uri is missing'],
    ['no client_id', authorizePath({ client_id: undefined }), 'client_id is missing'],
    ['an unknown client', authorizePath({ client_id: 'nobody' }), 'No site is registered here'],
    [
      'a client with script in its name',
      authorizePath({ client_id: '<script>' }),
      'No site is registered here',
    ],
    [
      'X-15 a client named __proto__',
      authorizePath({ client_id: '__proto__' }),
      'No site is registered here',
    ],
    ['P-02 two client_ids', `${authorizePath()}&client_id=blog`, 'client_id was sent more than once'],
    [
      'P-02 two redirect_uris',
      `${authorizePath()}&redirect_uri=https%3A%2F%2Fevil.example`,
      'redirect_uri was sent more than once',
    ],
  ])('%s gets a page that names the cause', async (_what, path, cause) => {
    const response = await idp.browser().get(path);
    expect(response.status).toBe(400);
    const body = await response.text();
    expect(body).toContain(cause);
    expect(body).not.toContain('<script');
  });
});
