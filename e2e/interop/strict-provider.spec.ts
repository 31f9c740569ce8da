import { expect, test } from '@playwright/test';
import {
  createMemoryRevocations,
  createMemorySessionStore,
  createMemorySingleUse,
  type RefreshStore,
} from '@sso/auth/session';
import { type ForeignProvider, startForeignProvider } from '../support/foreign-provider.ts';
import { fillAsForeignPerson, openOwnSite, ownClient } from '../support/own-site.ts';

const halley = fillAsForeignPerson('halley');
const clock = () => Math.floor(Date.now() / 1000);

/** `oidc-provider` rotates refresh tokens, and takes the second use of one for theft: the whole grant ends. */
const startStrict = () =>
  startForeignProvider({
    clients: [ownClient],
    configuration: { rotateRefreshToken: true, ttl: { AccessToken: 100 } },
  });

/** A hundred requests with one due session, at two processes of the site at the same moment. */
async function raiseStorm(foreign: ForeignProvider, refreshes: RefreshStore | undefined) {
  let calls = 0;
  foreign.provider.on('grant.success', ({ oidc }) => {
    if (oidc.params?.['grant_type'] === 'refresh_token') calls += 1;
  });
  const stores = { revocations: createMemoryRevocations(clock), spent: createMemorySingleUse(clock) };
  const site = openOwnSite({ ...foreign, ...stores, ...(refreshes && { refreshes }) });
  await site.signIn(halley);
  site.wait(60);
  const processes = [site.party, site.newProcess()];
  const cookies = site.jar.header(site.party.baseUrl);
  const updates = await Promise.all(
    Array.from({ length: 50 }, () => processes.map((process) => process.refreshSession(cookies))).flat(),
  );
  return { site, calls, updates };
}

test.describe('two processes at a provider that knows no second use of a refresh token', () => {
  test('pain 1, K-03: it sees one use only, and all hundred requests get the same session', async () => {
    await using foreign = await startStrict();
    const { site, calls, updates } = await raiseStorm(foreign, createMemorySessionStore(clock));
    expect(calls).toBe(1);
    expect(updates.filter(({ session }) => session === undefined)).toHaveLength(0);
    const lines = updates.map(({ cookies: changes }) => changes.map(({ line }) => line.split(';')[0]).join());
    expect(new Set(lines).size).toBe(1);

    // And it goes on from there: the grant is alive.
    for (const { name, value } of updates[0]?.cookies ?? []) site.jar.put(site.party.baseUrl, name, value);
    site.wait(60);
    const { session } = await site.newProcess().refreshSession(site.jar.header(site.party.baseUrl));
    expect(session?.user.sub).toBe('halley');
    expect(site.refusals).toEqual([]);
  });

  test('without a store for that, the second use signs the person out: what the store is for', async () => {
    await using foreign = await startStrict();
    const { site, updates } = await raiseStorm(foreign, undefined);
    expect(updates.some(({ session }) => session === undefined)).toBe(true);
    expect(site.refusals).toContain('refresh_rejected');
  });
});
