import { beforeAll, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../../testing/index.ts';

const ISS = 'iss=https%3A%2F%2Fissuer.example';

describe('a login that another party begins (OIDC Core §4)', () => {
  let test: TestSite;
  beforeAll(async () => {
    test = await openTestSite();
  });

  /** How another site's page makes a browser come here. */
  const CROSS_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };

  const get = (query: string) => test.newBrowser().visit(`/auth/login?${query}`, { headers: CROSS_SITE });

  /** Posts the form and goes where that leads, as a browser does. */
  async function post(form: string, headers: Record<string, string> = {}) {
    const browser = test.newBrowser();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const init = { method: 'POST', body: form, headers: { ...type, ...CROSS_SITE, ...headers } };
    const response = await browser.visit('/auth/login', init);
    expect(response.status).toBe(303);
    expect(response.headers.getSetCookie()).toEqual([]);
    const next = new URL(response.headers.get('location') ?? '');
    expect(next.origin + next.pathname).toBe('https://app.example/auth/login');
    return browser.visit(next.pathname + next.search, { headers: CROSS_SITE });
  }

  const ways = [
    ['GET', get],
    ['POST', post],
  ] as const;

  /** Where the person is after signing in. */
  async function destinationOf(response: Response) {
    const { callback } = test.issuer.authorize(response.headers.get('location') ?? '');
    const { pathname, search } = callback;
    const cookie = response.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    const request = new Request(`https://app.example${pathname}${search}`, { headers: { cookie } });
    return (await test.site.handler(request))?.headers.get('location');
  }

  describe.each(ways)('by %s', (_method, send) => {
    it('goes to the provider with the login_hint, and then to the target_link_uri', async () => {
      const target = encodeURIComponent('https://app.example/orders?page=2');
      const response = await send(`${ISS}&login_hint=ada%40example.com&target_link_uri=${target}`);
      const sent = new URL(response.headers.get('location') ?? '');
      expect(sent.origin).toBe('https://issuer.example');
      expect(sent.searchParams.get('login_hint')).toBe('ada@example.com');
      expect(await destinationOf(response)).toBe('https://app.example/orders?page=2');
    });

    it.each([
      ['another provider', 'iss=https%3A%2F%2Fevil.example'],
      ['the provider with a slash behind', `${ISS}%2F`],
      ['the provider in capitals', 'iss=HTTPS%3A%2F%2Fissuer.example'],
      ['two providers', `${ISS}&iss=https%3A%2F%2Fevil.example`],
      ['its provider twice', `${ISS}&${ISS}`],
      ['markup', 'iss=%3Cscript%3E'],
    ])('P-10 is refused where iss is %s', async (_what, query) => {
      const response = await send(`${query}&target_link_uri=%2Forders`);
      expect(response.status).toBe(400);
      expect(response.headers.getSetCookie()).toEqual([]);
      const html = await response.text();
      expect(html).toContain('login_issuer');
      expect(html).not.toContain('evil.example');
      expect(html).not.toContain('<script');
      // The page's own way to sign in leads to the page that was wanted.
      expect(html).toContain('/auth/login?return_to=%2Forders');
    });

    it.each([
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'https://app.example.evil.example/',
      'https://app.example@evil.example/',
      'http://app.example/',
      'javascript:alert(1)',
      '/\r\nLocation: https://evil.example',
      `/${'x'.repeat(6000)}`,
      '',
    ])('L-01 L-02 with the target_link_uri %j stays on this site', async (target) => {
      const response = await send(`${ISS}&target_link_uri=${encodeURIComponent(target)}`);
      expect(response.status).toBe(303);
      expect(new URL((await destinationOf(response)) ?? '').origin).toBe('https://app.example');
    });

    it('L-02 with two targets leads to the start page', async () => {
      const response = await send(`${ISS}&target_link_uri=%2Fa&target_link_uri=%2Fb`);
      expect(await destinationOf(response)).toBe('https://app.example/');
    });

    it('passes no login_hint on that is long or stands twice', async () => {
      for (const hint of [`login_hint=${'x'.repeat(256)}`, 'login_hint=a&login_hint=b']) {
        const sent = new URL((await send(`${ISS}&${hint}`)).headers.get('location') ?? '');
        expect(sent.searchParams.has('login_hint')).toBe(false);
      }
    });
  });

  it('L-02 with a return_to beside its target_link_uri leads to the start page', async () => {
    expect(await destinationOf(await get('return_to=%2Fa&target_link_uri=%2Fb'))).toBe(
      'https://app.example/',
    );
  });

  it('P-13 by POST can say nothing but what OIDC Core §4 names', async () => {
    const response = await post(`${ISS}&return_to=%2Fa&prompt=login&max_age=0&acr_values=x&ui_locales=de`);
    const { searchParams } = new URL(response.headers.get('location') ?? '');
    expect(searchParams.has('prompt') || searchParams.has('max_age')).toBe(false);
    expect(await destinationOf(response)).toBe('https://app.example/');
  });

  it('P-13 ends no session that is there, and opens none', async () => {
    const browser = test.newBrowser();
    await browser.signIn();
    const before = new Map(browser.cookies);
    const init = { method: 'POST', body: new URLSearchParams({ iss: 'https://issuer.example' }) };
    await browser.visit('/auth/login', { ...init, headers: CROSS_SITE });
    expect(browser.cookies).toEqual(before);
  });

  it.each([
    ['a prefetch', { 'sec-purpose': 'prefetch' }],
    ['a fetch of a page', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ])('is begun by no %s, by GET or POST', async (_what, headers) => {
    for (const method of ['GET', 'POST']) {
      const response = await test.newBrowser().visit(`/auth/login?${ISS}`, { method, headers });
      expect([response.status, await response.text()]).toEqual([401, '']);
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it.each([
    ['JSON', 'application/json', '{"iss":"https://evil.example"}'],
    ['a file', 'multipart/form-data; boundary=x', '--x--'],
    ['a form of 10 kB', 'application/x-www-form-urlencoded', `target_link_uri=/${'x'.repeat(10_000)}`],
    ['nothing', '', ''],
  ])('by POST with %s is a plain login', async (_what, type, body) => {
    const response = await post(body, { 'content-type': type });
    expect(await destinationOf(response)).toBe('https://app.example/');
  });

  it.each([
    ['target_link_uri', 'é'],
    ['login_hint', '\u0001'],
    ['iss', '<'],
  ])('by POST with a %s that no address could carry is a plain login', async (name, character) => {
    const response = await test.newBrowser().visit('/auth/login', {
      method: 'POST',
      body: `${name}=${character.repeat(4000)}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...CROSS_SITE },
    });
    expect(response.headers.get('location')).toBe('https://app.example/auth/login');
  });

  it('keeps the base path of a site', async () => {
    const site = await openTestSite({ baseUrl: 'https://app.example/shop/' });
    const request = new Request('https://app.example/shop/auth/login', {
      method: 'POST',
      body: new URLSearchParams({ iss: 'https://issuer.example', other: 'x' }),
    });
    expect((await site.site.handler(request))?.headers.get('location')).toBe(
      `https://app.example/shop/auth/login?${ISS}`,
    );
  });
});
