import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openToldSites, type ToldSites } from '../../test/told-sites.ts';
import { ISSUER } from '../../test/registrations.ts';
import type { TestProvider } from '../../test/test-provider.ts';

let sites: ToldSites;
beforeEach(async () => {
  sites = await openToldSites();
});
afterEach(() => sites[Symbol.asyncDispose]());

/** Signs in at these sites and out again. */
async function signOutOf(...names: readonly ('shop' | 'blog' | 'wiki')[]): Promise<string[]> {
  const browser = sites.idp.browser();
  const sids: string[] = [];
  for (const name of names) sids.push((await sites.signInAt(name, browser)).sid);
  await browser.post('/sign-out', {});
  return sids;
}

const answer = (status: number, headers: Record<string, string> = {}) =>
  sites.answers.set('shop', (response) => response.writeHead(status, headers).end());
const tellDue = (node: TestProvider = sites.idp) => node.provider.outbox.tellDue();
const eventsOf = (type: string) => sites.idp.events.filter((event) => event.type === type);

/** The seconds at which the shop is called, one clock tick after the other. */
async function triesWithin(seconds: number): Promise<number[]> {
  const start = sites.idp.provider.clock();
  for (let second = 0; second < seconds; second += 1) {
    await tellDue();
    sites.idp.advanceClock(1);
  }
  return sites.told.map(({ iat }) => iat - start);
}

describe('a logout token', () => {
  it.each([
    ['shop', 'ES256'],
    ['wiki', 'EdDSA'],
  ] as const)(
    'B-31 for the %s names its own sid and no sub, lives two minutes at most, and is signed with %s',
    async (site, alg) => {
      const sids = await signOutOf(site);
      await tellDue();
      const now = sites.idp.provider.clock();
      expect(sites.told).toHaveLength(1);
      expect(sites.told[0]).toMatchObject({ iss: ISSUER, aud: site, sid: sids[0], iat: now, exp: now + 120 });
      expect(sites.told[0]?.header).toMatchObject({ typ: 'logout+jwt', alg });
      expect(sites.told[0]).not.toHaveProperty('sub');
      expect(sites.told[0]).not.toHaveProperty('nonce');
    },
  );

  it('B-31 is made anew at each try: jti and iat are fresh', async () => {
    answer(503);
    await signOutOf('shop');
    await tellDue();
    sites.idp.advanceClock(1);
    await tellDue();
    const [first, second] = sites.told;
    expect(second?.jti).not.toBe(first?.jti);
    expect([second?.sid, second?.iat]).toEqual([first?.sid, (first?.iat ?? 0) + 1]);
  });
});

describe('what a site answers', () => {
  it.each([200, 204])('%i: it is told', async (status) => {
    answer(status);
    await signOutOf('shop');
    await tellDue();
    sites.idp.advanceClock(10);
    await tellDue();
    expect(sites.told).toHaveLength(1);
    expect(eventsOf('notice.delivered')).toMatchObject([{ kind: 'logout', clientId: 'shop', tries: 1 }]);
  });

  it.each([400, 404, 410, 501])('B-32 %i: reported as a refusal, and tried again', async (status) => {
    answer(status);
    await signOutOf('shop');
    await tellDue();
    expect(eventsOf('notice.refused')).toMatchObject([{ kind: 'logout', clientId: 'shop', status }]);
    answer(200);
    sites.idp.advanceClock(1);
    await tellDue();
    expect(eventsOf('notice.delivered')).toMatchObject([{ clientId: 'shop', tries: 2, seconds: 1 }]);
  });

  it.each([201, 202, 301, 302, 307, 308, 401, 403, 429, 500, 502, 503])(
    'B-32 %i: no delivery, no redirect followed, tried again',
    async (status) => {
      answer(status, { location: '/elsewhere', 'retry-after': '3600' });
      await signOutOf('shop');
      await tellDue();
      expect(sites.told).toHaveLength(1);
      expect(eventsOf('notice.failed')).toMatchObject([{ clientId: 'shop' }]);
      sites.idp.advanceClock(1);
      await tellDue();
      expect(sites.told).toHaveLength(2);
    },
  );

  it('B-32 with 200 and a body without end: it is told', async () => {
    sites.answers.set('shop', (response) => {
      response.writeHead(200);
      const write = () => void response.write('x'.repeat(65_536), () => setImmediate(write));
      write();
    });
    await signOutOf('shop');
    await tellDue();
    expect(eventsOf('notice.delivered')).toHaveLength(1);
  });

  it('B-32 by closing the connection: tried again', async () => {
    sites.answers.set('shop', (response) => response.destroy());
    await signOutOf('shop');
    await tellDue();
    expect(eventsOf('notice.failed')).toHaveLength(1);
    sites.answers.delete('shop');
    sites.idp.advanceClock(1);
    await tellDue();
    expect(eventsOf('notice.delivered')).toHaveLength(1);
  });
});

describe('a site that is down', () => {
  it('is told at once, after 1, 2, 4, 5, 5 s and so on, and every 4 s once two minutes are over', async () => {
    answer(503);
    await signOutOf('shop');
    const tries = await triesWithin(140);
    expect(tries.slice(0, 6)).toEqual([0, 1, 3, 7, 12, 17]);
    expect(tries.filter((second) => second >= 117)).toEqual([117, 121, 125, 129, 133, 137]);
  });

  it('is probed for one of many after that, and told of all at once when it answers', async () => {
    answer(503);
    for (let session = 0; session < 5; session += 1) await signOutOf('shop');
    await triesWithin(130);
    sites.told.length = 0;
    const probes = await triesWithin(20);
    expect(probes).toHaveLength(5);
    expect(new Set(sites.told.map(({ sid }) => sid)).size).toBe(5);
    sites.told.length = 0;
    answer(200);
    await triesWithin(5);
    const seconds = new Set(sites.told.map(({ iat }) => iat));
    expect([new Set(sites.told.map(({ sid }) => sid)).size, seconds.size]).toEqual([5, 1]);
  });

  it('is told until its session would have ended, and no longer', async () => {
    answer(503);
    await signOutOf('shop');
    await tellDue();
    sites.idp.advanceClock(86_400);
    await tellDue();
    expect(sites.told).toHaveLength(1);
    expect(eventsOf('notice.given-up')).toMatchObject([{ kind: 'logout', clientId: 'shop', count: 1 }]);
  });

  it('of a client that is removed is told for two minutes, of earlier sign-outs too', async () => {
    sites.answers.set('wiki', (response) => response.writeHead(503).end());
    sites.line.now = sites.idp.provider.clock();
    await signOutOf('wiki');
    await sites.signInAt('wiki', sites.idp.browser());
    await sites.line.run('clients', 'remove', 'wiki');
    await sites.idp.provider.clients.reload();
    await tellDue();
    expect(new Set(sites.told.map(({ sid }) => sid)).size).toBe(2);
    sites.idp.advanceClock(119);
    await tellDue();
    expect(sites.told).toHaveLength(4);
    sites.idp.advanceClock(6);
    await tellDue();
    expect(sites.told).toHaveLength(4);
    expect(eventsOf('notice.given-up')).toMatchObject([{ clientId: 'wiki', count: 2 }]);
  });
});

describe('B-33 a site that hangs', () => {
  it('delays neither the person nor another site', async () => {
    const hanging: (() => void)[] = [];
    sites.answers.set('shop', (response) => hanging.push(() => response.end()));
    const stop = sites.idp.provider.outbox.start();
    await signOutOf('shop', 'blog');
    await expect.poll(() => eventsOf('notice.delivered')).toMatchObject([{ clientId: 'blog' }]);
    expect(hanging).toHaveLength(1);
    for (const end of hanging) end();
    await stop();
    expect(eventsOf('notice.delivered')).toHaveLength(2);
  });
});

describe('F-30 several nodes', () => {
  it('share the work, and tell each site once', async () => {
    const other = await sites.openNode();
    const sids: string[] = [];
    for (let session = 0; session < 5; session += 1) sids.push(...(await signOutOf('shop', 'blog')));
    await Promise.all([tellDue(), tellDue(other), tellDue(), tellDue(other)]);
    expect(sites.told.flatMap(({ sid }) => sid ?? []).toSorted()).toEqual(sids.toSorted());
  });

  it('take over what a node that died had begun, when its lease is over', async () => {
    await signOutOf('shop');
    const now = sites.idp.provider.clock();
    const lease = { lane: 'logout shop', now, until: now + 10, limit: 1, recipient: undefined };
    expect(await sites.idp.provider.store.turnNotices([], [lease], now)).toHaveLength(1);
    const other = await sites.openNode();
    other.advanceClock(9 + now - other.provider.clock());
    await tellDue(other);
    expect(sites.told).toEqual([]);
    other.advanceClock(1);
    await tellDue(other);
    expect(sites.told).toHaveLength(1);
  });

  it('find what the command line wrote within a second', async () => {
    await sites.signInAt('shop', sites.idp.browser());
    const stop = sites.idp.provider.outbox.start();
    sites.line.now = sites.idp.provider.clock();
    await sites.line.run('users', 'sign-out', 'ada');
    await expect.poll(() => sites.told.length).toBe(1);
    await stop();
  });
});

describe('an address', () => {
  it('X-19 of a self-registered client in a private network is not called', async () => {
    const { store, clock, clients } = sites.idp.provider;
    const kept = await store.findStoredClient('wiki');
    await sites.signInAt('wiki', sites.idp.browser());
    sites.line.now = clock();
    await sites.line.run('users', 'sign-out', 'ada');
    await store.removeClient('wiki', clock());
    const registration = { ...kept?.registration, self_registered: true };
    await store.addClient({ clientId: 'wiki', registration, secretHash: kept?.secretHash }, clock());
    await clients.reload();
    await tellDue();
    expect(sites.told).toEqual([]);
    expect(eventsOf('notice.failed')).toMatchObject([{ message: expect.stringContaining('special-use') }]);
  });
});
