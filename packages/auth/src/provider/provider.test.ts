import { describe, expect, it } from 'vitest';
import { createTestIssuer, openTestSite } from '../testing/index.ts';

describe('a discovery document is refused', () => {
  it.each([
    ['P-32 with a trailing slash on the issuer', { issuer: 'https://issuer.example/' }],
    ['P-32 with another case', { issuer: 'https://Issuer.example' }],
    ['P-32 with the default port', { issuer: 'https://issuer.example:443' }],
    ['P-32 with another host', { issuer: 'https://evil.example' }],
    ['P-32 with a path', { issuer: 'https://issuer.example/tenant' }],
    ['without an issuer', { issuer: undefined }],
    ['without a token endpoint', { token_endpoint: undefined }],
    ['without keys', { jwks_uri: undefined }],
    ['with an endpoint in plain http', { token_endpoint: 'http://issuer.example/token' }],
    ['with an endpoint that is a script', { authorization_endpoint: 'javascript:alert(1)' }],
  ])('%s', async (_what, change) => {
    const { browser, issuer } = await openTestSite();
    issuer.alter({ metadata: change });
    const response = await browser.visit('/auth/login');
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers.has('location')).toBe(false);
  });
});

describe('a provider that is down', () => {
  it.each(['refused', 'html', 'empty', 'redirect', { status: 500 }, { status: 404 }] as const)(
    'F-02 answering %j gives a page with a way on and 503, never a 500',
    async (fault) => {
      const { browser, issuer } = await openTestSite();
      issuer.fail('discovery', fault);
      const response = await browser.visit('/auth/login?return_to=/orders');
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await response.text()).toContain('/auth/login?return_to=%2Forders');
    },
  );

  it('F-03 is noticed to be back within five seconds, without a restart', async () => {
    const { browser, issuer } = await openTestSite();
    issuer.fail('discovery', 'refused');
    await browser.visit('/auth/login');
    issuer.fail('discovery');
    issuer.clock.advance(5);
    expect((await browser.visit('/auth/login')).status).toBe(303);
  });

  it('F-02 gets nobody sent there, though its addresses are known from before', async () => {
    const { browser, issuer } = await openTestSite();
    await browser.visit('/auth/login');
    issuer.fail('discovery', 'refused');
    issuer.clock.advance(1);
    expect((await browser.visit('/auth/login')).status).toBe(503);
  });

  it('G12 does not stop a login that is under way: its last document serves', async () => {
    const { browser, issuer } = await openTestSite();
    const address = await browser.startLogin();
    issuer.fail('discovery', 'refused');
    issuer.clock.advance(540);
    const { callback } = issuer.authorize(address);
    const response = await browser.visit(callback.pathname + callback.search);
    expect(response.status).toBe(303);
  });

  it.each(['refused', 'html', { status: 500 }] as const)(
    'F-02 at the code: %j gives a page, no session, no 500',
    async (fault) => {
      const { browser, issuer } = await openTestSite();
      const { callback } = issuer.authorize(await browser.startLogin());
      issuer.fail('token', fault);
      const response = await browser.visit(callback.pathname + callback.search);
      expect(response.status).toBe(503);
      expect(browser.cookies.has('__Host-session')).toBe(false);
    },
  );

  it('F-01 without keys: a page, no session', async () => {
    const { browser, issuer } = await openTestSite();
    issuer.fail('jwks', 'refused');
    expect((await browser.signIn()).status).toBe(503);
    expect(browser.cookies.has('__Host-session')).toBe(false);
  });
});

describe('keys', () => {
  it('F-04 pain 19: rotated between two logins stop nobody', async () => {
    const { browser, issuer } = await openTestSite();
    await browser.signIn();
    await issuer.keys.rotate();
    issuer.clock.advance(31);
    expect((await browser.signIn()).status).toBe(303);
  });
});

describe('an internal address', () => {
  it('pain 6: is called, while the public issuer is what tokens are compared with', async () => {
    const called: string[] = [];
    const issuer = await createTestIssuer();
    const { browser } = await openTestSite({
      internalIssuerUrl: 'http://10.0.0.7:4100',
      clock: issuer.clock,
      fetch: (input, init) => {
        const { url } = new Request(input);
        called.push(url);
        return issuer.fetch(url.replace('http://10.0.0.7:4100', issuer.issuer), init);
      },
    });
    const { callback } = issuer.authorize(await browser.startLogin());
    expect((await browser.visit(callback.pathname + callback.search)).status).toBe(303);
    expect(browser.cookies.has('__Host-session')).toBe(true);
    expect(called.length).toBeGreaterThanOrEqual(3);
    for (const url of called) expect(url).toMatch(/^http:\/\/10\.0\.0\.7:4100\//);
  });
});
