import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../../testing/index.ts';

let test: TestSite;
beforeEach(async () => {
  test = await openTestSite();
});

describe('nothing but a person’s own navigation starts a login', () => {
  it.each([
    ['pain 10: a prefetch of the browser', { 'sec-purpose': 'prefetch' }],
    [
      'pain 10: a prefetch of the router',
      { 'next-router-prefetch': '1', rsc: '1', 'sec-fetch-mode': 'cors' },
    ],
    ['a fetch of the router', { rsc: '1', 'sec-fetch-mode': 'cors' }],
    ['a fetch from a page', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['an old prefetch', { purpose: 'prefetch' }],
  ])('%s gets an empty 401', async (_what, headers) => {
    for (const path of ['/auth/login', '/auth/callback?code=x&state=y', '/auth/logged-out']) {
      const response = await test.browser.visit(path, { headers });
      expect(response.status).toBe(401);
      expect(await response.text()).toBe('');
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it('a client that sends no fetch metadata gets the benefit of the doubt', async () => {
    const response = await test.site.handler(new Request('https://app.example/auth/login'));
    expect(response?.status).toBe(303);
  });
});

describe('return_to', () => {
  let shared: TestSite;
  beforeAll(async () => {
    shared = await openTestSite();
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/%09/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    'https:evil.example',
    'https:/evil.example',
    'http://app.example/',
    'https://app.example@evil.example/',
    'https://app.example.evil.example/',
    'https://user:pass@app.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    '/\r\nLocation: https://evil.example',
    '/%0d%0aLocation:%20https://evil.example',
    '/\u2028/evil.example',
    '\uFF0F\uFF0Fevil.example',
    ' //evil.example',
    '/\u0000',
    'https://[',
    `/${'x'.repeat(10_000)}`,
    '',
  ])('L-01 L-02 %j stays on this site', async (target) => {
    const response = await shared.newBrowser().signIn({ returnTo: target });
    expect(response.status).toBe(303);
    expect(new URL(response.headers.get('location') ?? '').origin).toBe('https://app.example');
  });

  it('L-02 sent twice leads to the start page', async () => {
    const url =
      (await test.browser.visit('/auth/login?return_to=/a&return_to=/b')).headers.get('location') ?? '';
    const { callback } = test.issuer.authorize(url);
    const response = await test.browser.visit(callback.pathname + callback.search);
    expect(response.headers.get('location')).toBe('https://app.example/');
  });

  it('L-04 tampered with on its way leads to the start page', async () => {
    const { callback } = test.issuer.authorize(await test.browser.startLogin('/orders'));
    const state = callback.searchParams.get('state') ?? '';
    callback.searchParams.set('state', state.slice(0, -4) + 'AAAA');
    const response = await test.browser.visit(callback.pathname + callback.search);
    expect(response.headers.get('location')).toBe('https://app.example/');
  });
});

describe('pain 9: the address of the site', () => {
  it.each([
    ['X-09 a forged host', 'https://evil.example/auth/login', {}],
    ['the listener’s own address', 'https://localhost:4101/auth/login', {}],
    [
      'X-09 a forged X-Forwarded-Host',
      'https://app.example/auth/login',
      { 'x-forwarded-host': 'evil.example' },
    ],
    ['X-09 a forged Forwarded', 'https://app.example/auth/login', { forwarded: 'host=evil.example' }],
  ])('%s changes nothing', async (_what, url, headers) => {
    const response = await test.site.handler(new Request(url, { headers }));
    const { searchParams } = new URL(response?.headers.get('location') ?? '');
    expect(searchParams.get('redirect_uri')).toBe('https://app.example/auth/callback');
  });

  it('may have a base path', async () => {
    test = await openTestSite({ baseUrl: 'https://app.example/shop/' });
    expect(await test.site.handler(test.browser.request('/auth/login'))).toBeUndefined();
    const response = await test.site.handler(test.browser.request('/shop/auth/login'));
    const { searchParams } = new URL(response?.headers.get('location') ?? '');
    expect(searchParams.get('redirect_uri')).toBe('https://app.example/shop/auth/callback');
    expect(test.site.loginPath('/shop/orders')).toBe('/shop/auth/login?return_to=%2Fshop%2Forders');
  });
});

describe('a login that asks for more', () => {
  it.each([
    ['prompt=login', 'login'],
    ['prompt=select_account', 'select_account'],
    ['prompt=none', null],
    ['prompt=<script>', null],
  ])('%s', async (query, expected) => {
    const url = (await test.browser.visit(`/auth/login?${query}`)).headers.get('location') ?? '';
    expect(new URL(url).searchParams.get('prompt')).toBe(expected);
  });
});
