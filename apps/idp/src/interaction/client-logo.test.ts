import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { type LoopbackServer, startLoopback } from '../../test/loopback-server.ts';
import { PNG } from '../../test/pictures.ts';
import { ISSUER } from '../../test/registrations.ts';
import { authorizePath, openTestProvider, signIn, type TestProvider } from '../../test/test-provider.ts';

const TOKEN = 'an-initial-access-token-0123456789';
const REDIRECT = 'https://pictured.example/cb';

async function open(browser: Browser, path: string): Promise<{ page: string; html: string }> {
  const { pathname } = locationOf(await browser.get(path));
  const html = await (await browser.get(pathname)).text();
  return { page: pathname.split('/')[1] ?? '', html };
}

const linksIn = (html: string) =>
  [...html.matchAll(/<a href="([^"]+)" target="_blank" rel="([^"]+)"\s*>([^<]+)<\/a\s*>/g)].map(
    ([, href, rel, words]) => [href, rel, words?.trim()],
  );
const pictureIn = (html: string) => /<img src="([^"]+)" alt="" \/>/.exec(html)?.[1];

describe('a page that waits for somebody', () => {
  let idp: TestProvider;
  let server: LoopbackServer;
  beforeAll(async () => {
    idp = await openTestProvider({ INITIAL_ACCESS_TOKENS: TOKEN, OUTBOUND_HOSTS: 'localhost' });
    server = await startLoopback((request, response) => {
      const type = request.url === '/page' ? 'text/html' : 'image/png';
      response.writeHead(200, { 'content-type': type }).end(PNG);
    });
  });
  afterAll(async () => {
    await idp[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const register = (members: object) =>
    idp.fetch(
      new Request(`${ISSUER}/register`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: [REDIRECT], client_name: 'Pictured', ...members }),
      }),
    );

  async function pathFor(members: object): Promise<string> {
    const { client_id }: { client_id: string } = await (await register(members)).json();
    return authorizePath({ client_id, redirect_uri: REDIRECT, scope: 'openid' });
  }

  /** The pages that a client leads to: signed out, signed in, and asked to choose. */
  async function pagesOf(members: object): Promise<Record<string, string>> {
    const path = await pathFor(members);
    const stranger = await open(idp.browser(), path);
    const browser = idp.browser();
    await signIn(browser);
    const [consent, choice] = [
      await open(browser, path),
      await open(browser, `${path}&prompt=select_account`),
    ];
    return Object.fromEntries([stranger, consent, choice].map(({ page, html }) => [page, html]));
  }

  it('shows the client’s logo through the provider, never from the client’s server', async () => {
    const pages = await pagesOf({ logo_uri: `http://localhost:${server.port}/logo.png` });
    expect(Object.keys(pages)).toEqual(['sign-in', 'consent', 'select-account']);
    for (const html of Object.values(pages)) {
      expect(pictureIn(html)).toMatch(/^\/client-logos\/[\w-]+\?v=[\w-]{8}$/);
      expect(html).not.toContain('localhost');
    }
    const response = await idp.browser().get(pictureIn(pages['consent'] ?? '') ?? '');
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=3600',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(response.headers.getSetCookie()).toEqual([]);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
    expect(server.requests.filter((line) => line === 'GET /logo.png')).toHaveLength(1);
  });

  it.each([
    ['has no logo', {}],
    ['names something that is no picture', { logo_uri: 'page' }],
    ['names a server that is down', { logo_uri: 'down' }],
  ])('shows the client’s letter where it %s', async (_what, { logo_uri }: { logo_uri?: string }) => {
    const ports: Record<string, string> = {
      page: `http://localhost:${server.port}/page`,
      down: 'http://localhost:1/logo',
    };
    for (const html of Object.values(await pagesOf({ logo_uri: logo_uri && ports[logo_uri] }))) {
      expect(pictureIn(html)).toBeUndefined();
      expect(html).toMatch(/<span class="tile" aria-hidden="true"\s*>\s*<bdi>P<\/bdi>/);
    }
  });

  it('leads to the policy and the terms in new tabs, without a way back to the page', async () => {
    const members = {
      policy_uri: 'https://pictured.example/privacy?a=1&b=2',
      tos_uri: 'https://pictured.example/terms',
    };
    for (const html of Object.values(await pagesOf(members))) {
      expect(linksIn(html)).toEqual([
        ['https://pictured.example/privacy?a=1&amp;b=2', 'noopener noreferrer', 'Privacy policy (new tab)'],
        ['https://pictured.example/terms', 'noopener noreferrer', 'Terms of use (new tab)'],
      ]);
    }
  });

  it('leads nowhere where the client registered neither, or an address that looks like another host', async () => {
    const disguised = {
      policy_uri: 'https://bank.example@evil.example/',
      tos_uri: 'https://x:y@evil.example/',
    };
    for (const members of [{}, disguised])
      for (const html of Object.values(await pagesOf(members))) {
        expect(linksIn(html)).toEqual([]);
        expect(html).not.toContain('evil.example');
      }
  });

  it.each([
    ['javascript:alert(1)'],
    ['data:text/html,x'],
    ['http://pictured.example/'],
    ['//pictured.example/'],
    ['/terms'],
  ])('X-20 is no place for %s, which no registration may name', async (address) => {
    for (const member of ['policy_uri', 'tos_uri', 'logo_uri']) {
      const response = await register({ [member]: address });
      expect([response.status, await response.json()]).toEqual([
        400,
        expect.objectContaining({ error: 'invalid_client_metadata' }),
      ]);
    }
  });

  it('X-19 is no place for a logo from a private host that is not listed', async () => {
    const response = await register({ logo_uri: 'http://127.0.0.1/logo.png' });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: 'invalid_client_metadata' }),
    ]);
  });
});

describe('the address of a logo', () => {
  it.each(['bm9ib2R5', '', 'AA', '..%2f..', '__proto__', 'c2hvcA'])(
    'X-08 X-20 is none of any client with a logo: %j',
    async (id) => {
      await using idp = await openTestProvider();
      const response = await idp.browser().get(`/client-logos/${id}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('cache-control')).toBe('no-store');
    },
  );
});
