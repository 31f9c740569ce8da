import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { STRANGER } from '../../test/consent-form.ts';
import { authorizePath, openTestProvider, signIn, type TestProvider } from '../../test/test-provider.ts';
import { openSignIn, press, redeem } from '../../test/waiting-pages.ts';
import { BLOG_API, SHOP_API } from '../../test/registrations.ts';
import { interactionRoutes } from './routes.ts';

/** Whatever somebody else chose: what clients, people, APIs and this service are called, and what people entered. */
const CHOSEN =
  /The (?:shop|stranger)|Ada Lovelace|\bada\b|ada@example\.com|London|\+44 20 7946|\bShop\b|\bBlog\b|Meridian/g;

/** The names in the text of a page that are not isolated, so that they could turn the words beside them around. */
function bareNamesIn(html: string): string[] {
  const text = html
    .replace(/<title>[^]*?<\/title>/, '')
    .replaceAll(/<bdi>[^<]*<\/bdi>/g, '')
    .replaceAll(/<[^>]*>/g, ' ');
  return text.match(CHOSEN) ?? [];
}

const titleOf = (html: string) => /<title>([^]*?) · Meridian<\/title>/.exec(html)?.[1] ?? '';

async function follow(browser: Browser, path: string): Promise<Response> {
  const response = await browser.get(path);
  return response.status === 303 ? browser.get(locationOf(response).pathname) : response;
}

const isFile = (path: string) => /\.\w+$/.test(path) || path === '/client-logos/:id';

describe('U-11 a name on a page', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const open = (path: string) => async () => {
    const browser = idp.browser();
    await signIn(browser);
    return follow(browser, path);
  };

  async function accountWithConsents(): Promise<Response> {
    const asked = ['openid', 'email', 'shop:products.read', 'blog:posts.read'];
    const answer = { sub: 'sub-ada', clientId: 'stranger', asked, allowed: ['openid'], updatedAt: 1 };
    await idp.provider.store.saveConsent(answer);
    return open('/account')();
  }

  async function signedOut(): Promise<Response> {
    const browser = idp.browser();
    await signIn(browser);
    return browser.get(locationOf(await browser.post('/sign-out', {})).pathname);
  }

  async function pageThatIsOver(): Promise<Response> {
    const page = await openSignIn(idp);
    await redeem(idp, await press(page));
    return page.browser.get(page.path);
  }

  const everything = { ...STRANGER, scope: 'openid profile email address phone offline_access' };
  const resources = new URLSearchParams([
    ['resource', SHOP_API],
    ['resource', BLOG_API],
  ]);

  const pages: readonly (readonly [path: string, open: () => Promise<Response>, shows: RegExp])[] = [
    ['/sign-in/:id', () => follow(idp.browser(), authorizePath()), /<bdi>The shop<\/bdi>/],
    [
      '/select-account/:id',
      open(authorizePath({ prompt: 'select_account' })),
      /<bdi>Ada Lovelace<\/bdi>.*<bdi>ada<\/bdi>/s,
    ],
    [
      '/consent/:id',
      open(`${authorizePath(everything)}&${resources.toString()}`),
      /<bdi>The stranger<\/bdi>.*<bdi>ada@example.com<\/bdi>.*<bdi>London<\/bdi>/s,
    ],
    ['/sign-out/:id', open('/end-session?client_id=shop'), /<bdi>The shop<\/bdi>/],
    ['/signed-out', signedOut, /<bdi>Meridian<\/bdi>/],
    ['/account', accountWithConsents, /<bdi>The stranger<\/bdi>/],
    ['/account/access', open('/account/access'), /<bdi>Shop<\/bdi>/],
    ['/errors/:id', open('/errors/invalid_request'), /<bdi>Meridian<\/bdi>/],
    ['an address that is not registered', open(authorizePath({ redirect_uri: 'x' })), /<bdi>The shop<\/bdi>/],
    ['a page that is over', pageThatIsOver, /Go on to <bdi>The shop<\/bdi>/],
    ['/errors/:id', open('/errors/invalid_grant'), /<bdi>Meridian<\/bdi>/],
    ['a form that goes on by itself', open(authorizePath({ response_mode: 'form_post' })), /<bdi>Meridian/],
  ];

  it.each(pages)('stands in <bdi>: %s', async (_path, load, shows) => {
    const html = await (await load()).text();
    expect(html).toMatch(shows);
    expect(bareNamesIn(html)).toEqual([]);
    // A title has plain text only, so it names nobody.
    expect(titleOf(html)).not.toBe('');
    expect(titleOf(html)).not.toMatch(CHOSEN);
  });

  it('is looked for on every page there is', () => {
    const view = { serviceName: 'x', stylesheet: { path: '/assets/x.css', body: '' } };
    const paths = interactionRoutes(idp.provider, view)
      .filter(({ get, path }) => get !== undefined && path !== '/' && !isFile(path))
      .map(({ path }) => path);
    expect(pages.map(([path]) => path)).toEqual(expect.arrayContaining(paths));
  });

  it('is found where it stands bare', () => {
    const page = '<h1>The shop asks <bdi>Ada Lovelace</bdi></h1><p title="Meridian">ada</p>';
    expect(bareNamesIn(page)).toEqual(['The shop', 'ada']);
  });
});
