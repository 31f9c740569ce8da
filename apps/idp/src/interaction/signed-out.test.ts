import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { ISSUER } from '../../test/registrations.ts';
import { openTestProvider, tokensFor } from '../../test/test-provider.ts';
import { openToldSites, type ToldSites } from '../../test/told-sites.ts';

const textOf = (html: string) =>
  html
    .replaceAll('</li>', ' ')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ');

const look = async (browser: Browser) => (await browser.get('/signed-out')).text();

describe('the signed-out page', () => {
  let sites: ToldSites;
  beforeEach(async () => {
    sites = await openToldSites();
  });
  afterEach(() => sites[Symbol.asyncDispose]());

  async function signedOut(): Promise<Browser> {
    const browser = sites.idp.browser();
    const { sid } = await sites.signInAt('shop', browser);
    await sites.signInAt('blog', browser);
    await browser.get(`/end-session?client_id=shop&logout_hint=${sid}`);
    return browser;
  }
  const tellDue = () => sites.idp.provider.outbox.tellDue();

  it('lists the sites, and shows each as it is told', async () => {
    sites.answers.set('shop', (response) => response.writeHead(503).end());
    const browser = await signedOut();
    expect(textOf(await look(browser))).toContain('The blog: being told The shop: being told');
    await tellDue();
    expect(textOf(await look(browser))).toContain(
      'The blog: signed out The shop: not reached yet, trying again',
    );
    sites.answers.delete('shop');
    sites.idp.advanceClock(1);
    await tellDue();
    expect(textOf(await look(browser))).toContain('The blog: signed out The shop: signed out');
  });

  it('follows by a script under a nonce while a site is not told, and has a link that does the same', async () => {
    const browser = await signedOut();
    const response = await browser.get('/signed-out');
    const html = await response.text();
    const [, nonce = '', src = ''] =
      /<script nonce="([^"]+)" src="([^"]+)" defer><\/script>/.exec(html) ?? [];
    expect(response.headers.get('content-security-policy')).toContain(
      `script-src 'nonce-${nonce}'; connect-src 'self'; `,
    );
    expect((await browser.get(src)).headers.get('content-type')).toContain('text/javascript');
    expect(html).toContain('<a href="/signed-out">Look again</a>');
    await tellDue();
    const after = await browser.get('/signed-out');
    expect(await after.text()).not.toMatch(/<script|Look again/);
    expect(after.headers.get('content-security-policy')).not.toContain('script-src');
  });

  it('B-34 shows the list to the browser that signed out only, and for ten minutes', async () => {
    const browser = await signedOut();
    await tellDue();
    expect(await look(browser)).toContain('The blog');
    expect(await look(sites.idp.browser())).not.toContain('The blog');
    sites.idp.advanceClock(599);
    expect(await look(browser)).toContain('The blog');
    sites.idp.advanceClock(1);
    expect(await look(browser)).not.toContain('The blog');
  });

  it('B-34 is opened by a cookie that scripts can’t read and other sites can’t plant', async () => {
    const browser = sites.idp.browser();
    await sites.signInAt('shop', browser);
    const cookies = (await browser.post('/sign-out', {})).headers.getSetCookie();
    expect(cookies.find((cookie) => cookie.startsWith('__Host-signed-out='))).toMatch(
      /^__Host-signed-out=[\w-]{22}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
    );
  });

  it('names a site once that was used in several browsers, as long as one session there is not told', async () => {
    sites.answers.set('shop', (response) => response.writeHead(503).end());
    const [here, elsewhere] = [sites.idp.browser(), sites.idp.browser()];
    await sites.signInAt('shop', here);
    await sites.signInAt('blog', here);
    await sites.signInAt('blog', elsewhere);
    await here.post('/account/sign-out-everywhere', {});
    await tellDue();
    const list = textOf(await look(here));
    expect(list).toContain('The blog: signed out The shop: not reached yet, trying again');
    expect(list.match(/The blog/g)).toHaveLength(1);
  });

  it('says where a site can’t be told, and shows nothing to who was not signed in', async () => {
    await using idp = await openTestProvider();
    const browser = idp.browser();
    await tokensFor(idp, undefined, 'ada', browser);
    expect(locationOf(await browser.post('/sign-out', {})).href).toBe(`${ISSUER}/signed-out`);
    await idp.provider.outbox.tellDue();
    expect(textOf(await look(browser))).toContain(
      'The shop: can’t be told from here; sign out there as well',
    );
    const stranger = idp.browser();
    await stranger.post('/sign-out', {});
    expect([...stranger.cookies.keys()]).toEqual([]);
  });
});
