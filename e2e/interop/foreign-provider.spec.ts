import { expect, test } from '@playwright/test';
import { type ForeignProvider, startForeignProvider } from '../support/foreign-provider.ts';
import { fillAsForeignPerson, openOwnSite, ownClient } from '../support/own-site.ts';
import type { Configuration } from 'oidc-provider';

const start = (configuration: Configuration = {}): Promise<ForeignProvider> =>
  startForeignProvider({ clients: [ownClient], configuration });

const halley = fillAsForeignPerson('halley');

test.describe('our relying party at oidc-provider', () => {
  test('signs somebody in and knows who it is', async () => {
    await using foreign = await start();
    const site = openOwnSite(foreign);
    const answer = await site.signIn(halley);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('https://observatory.example/stars');
    expect(await site.session()).toMatchObject({ issuer: foreign.issuer, user: { sub: 'halley' } });
    expect(site.refusals).toEqual([]);
  });

  test('knows their name, which this provider tells at userinfo only (OIDC Core §5.4)', async () => {
    await using foreign = await start();
    const site = openOwnSite(foreign);
    await site.signIn(halley);
    expect((await site.session())?.user).toMatchObject({
      name: 'Professor halley',
      email: 'halley@foreign.example',
    });
  });

  test('renews the session and keeps the person', async () => {
    await using foreign = await start({ ttl: { AccessToken: 100 } });
    const site = openOwnSite(foreign);
    await site.signIn(halley);
    site.wait(60);
    const before = await site.session();
    const { session, cookies: changes } = await site.party.refreshSession(
      site.jar.header(site.party.baseUrl),
    );
    expect(changes.map(({ name }) => name)).toContain('__Host-session');
    expect(session?.user).toEqual(before?.user);
    expect(session?.times.accessTokenExpiresAt).toBeGreaterThan(before?.times.accessTokenExpiresAt ?? 0);
    expect(site.refusals).toEqual([]);
  });

  test('asks silently who somebody is, and lets nobody in whom the provider does not know', async () => {
    await using foreign = await start();
    const site = openOwnSite({ ...foreign, silentSignIn: true });
    const open = () => site.party.updateSession(site.request('/stars'));
    const [before] = [(await open()).response];
    const back = await site.follow(before, () => undefined);
    expect(back.headers.get('location')).toBe('https://observatory.example/stars');
    expect(await site.session()).toBeUndefined();
    expect((await open()).response).toBeUndefined();

    // Signed in by another site of this provider: the next first visit finds them.
    await site.signIn(halley);
    site.forget();
    const again = await site.follow((await open()).response, () => undefined);
    expect(again.headers.get('location')).toBe('https://observatory.example/stars');
    expect((await site.session())?.user.sub).toBe('halley');
  });

  test('without a refresh token goes on until it is idle too long', async () => {
    await using foreign = await start({ issueRefreshToken: () => false, ttl: { AccessToken: 100 } });
    const site = openOwnSite(foreign);
    await site.signIn(halley);
    site.wait(1000);
    const { session } = await site.party.refreshSession(site.jar.header(site.party.baseUrl));
    expect(session?.user.sub).toBe('halley');
    site.wait(2000);
    expect(await site.session()).toBeUndefined();
  });

  for (const idTokenHintAtLogout of [false, true]) {
    test(`signs out there too, ${idTokenHintAtLogout ? 'with' : 'without'} an id_token_hint`, async () => {
      await using foreign = await start();
      const site = openOwnSite({ ...foreign, idTokenHintAtLogout });
      await site.signIn(halley);
      const { url } = await site.signOut(halley);
      expect(new URL(url).pathname).toBe('/auth/logged-out');
      const answer = await site.visit(url);
      expect(answer.headers.get('location')).toBe('https://observatory.example/');
      expect(await site.session()).toBeUndefined();
      // Signed out at the provider, or it would not ask for a name again.
      const again = await site.signIn(() => undefined, '/auth/login').catch(() => undefined);
      expect(again).toBeUndefined();
    });
  }

  test('is signed out here where the provider has no sign-out of its own', async () => {
    await using foreign = await start({ features: { rpInitiatedLogout: { enabled: false } } });
    const site = openOwnSite(foreign);
    await site.signIn(halley);
    const headers = { origin: site.party.baseUrl };
    const answer = await site.visit('/auth/logout', { method: 'POST', headers });
    expect(answer.headers.get('location')).toBe('https://observatory.example/');
    expect(await site.session()).toBeUndefined();
  });
});
