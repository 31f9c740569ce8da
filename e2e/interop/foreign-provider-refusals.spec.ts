import { expect, test } from '@playwright/test';
import { startForeignProvider } from '../support/foreign-provider.ts';
import { fillAsForeignPerson, openOwnSite, ownClient } from '../support/own-site.ts';
import { browseProvider } from '../support/provider-pages.ts';

const start = () => startForeignProvider({ clients: [ownClient] });
const halley = fillAsForeignPerson('halley');

test.describe('our relying party refuses what does not fit', () => {
  for (const [what, issuerOf] of [
    ['another host', (issuer: string) => issuer.replace('127.0.0.1', 'localhost')],
    ['a slash at the end', (issuer: string) => `${issuer}/`],
  ] as const) {
    test(`P-32 a provider that names itself otherwise: ${what}`, async () => {
      await using foreign = await start();
      const site = openOwnSite({ issuer: issuerOf(foreign.issuer) });
      const answer = await site.visit('/auth/login');
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.headers.get('location')).toBeNull();
      expect(await answer.text()).toContain('discovery_mismatch');
    });
  }

  test('T-04 a token signed by RS256 where the site accepts ES256 only', async () => {
    await using foreign = await start();
    const site = openOwnSite({ ...foreign, algorithms: ['ES256'] });
    const answer = await site.signIn(halley);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(site.refusals).toEqual(['token_algorithm']);
    expect(await site.session()).toBeUndefined();
  });

  test('an opaque access token where it asked for one for its own API, in words that help', async () => {
    await using foreign = await start();
    const site = openOwnSite({ ...foreign, audience: 'https://observatory.example/api' });
    const answer = await site.signIn(halley);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).toContain('/auth/login');
    expect(site.refusals).toHaveLength(1);
    expect(await site.session()).toBeUndefined();
  });

  test('P-30 nobody, when the person goes back: one page with a way on', async () => {
    await using foreign = await start();
    const site = openOwnSite(foreign);
    const login = await site.visit('/auth/login');
    const page = await browseProvider(
      site.jar,
      foreign.issuer,
      login.headers.get('location') ?? '',
      () => undefined,
    );
    const [abort = ''] = /[^"]+\/abort/.exec(page.page) ?? [];
    const back = await browseProvider(
      site.jar,
      foreign.issuer,
      new URL(abort, page.url).href,
      () => undefined,
    );
    const answer = await site.visit(back.url);
    expect(site.refusals).toEqual(['callback_error']);
    expect(await answer.text()).toContain('/auth/login');
  });

  test('a token for another audience, which this provider has no exchange for', async () => {
    await using foreign = await start();
    const site = openOwnSite(foreign);
    await site.signIn(halley);
    const cookies = site.jar.header(site.party.baseUrl);
    const answer = site.party.tokenFor(cookies, 'https://elsewhere.example/api');
    await expect(answer).rejects.toMatchObject({ code: 'token_exchange_rejected' });
    expect(await site.session()).toBeDefined();
  });
});

test.describe('a sign-out that began at oidc-provider', () => {
  test('G11 B-10 reaches the site by logout token, and a copied cookie is dead', async () => {
    const calls: number[] = [];
    const sites: ReturnType<typeof openOwnSite>[] = [];
    await using foreign = await startForeignProvider({
      clients: [ownClient],
      async fetch(input, init) {
        const answer = await sites[0]?.party.handler(new Request(input, init));
        calls.push(answer?.status ?? 0);
        return answer ?? new Response(null, { status: 404 });
      },
    });
    const site = openOwnSite(foreign);
    sites.push(site);
    await site.signIn(halley);
    const copy = site.jar.header(site.party.baseUrl);
    expect(await site.party.getSession(copy)).toBeDefined();
    await browseProvider(site.jar, foreign.issuer, `${foreign.issuer}/session/end`, halley);
    await expect.poll(() => calls).toEqual([200]);
    expect(await site.party.getSession(copy)).toBeUndefined();
    expect(site.refusals).toEqual([]);
  });
});
