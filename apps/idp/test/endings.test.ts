import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ending, endings } from '../src/store/index.ts';
import type { Browser } from './browser.ts';
import { openToldSites, type SiteName, type ToldSites } from './told-sites.ts';

/** What each site knows the sessions by. */
interface Sessions {
  readonly browser: Browser;
  readonly here: Readonly<Record<SiteName, string>>;
  /** At the shop, on another device. */
  readonly elsewhere: string;
  readonly refreshToken: string;
}

interface Case {
  readonly name: string;
  readonly ending: Ending;
  readonly end: (sites: ToldSites, sessions: Sessions) => Promise<unknown>;
  /** The sids that must be told, and no other. */
  readonly told: (sessions: Sessions) => readonly string[];
}

const everySite = ({ here }: Sessions) => Object.values(here);
const everySession = (sessions: Sessions) => [...everySite(sessions), sessions.elsewhere];
const nobody = () => [];

const cases: readonly Case[] = [
  {
    name: 'a sign-out at a site: every site of this browser’s session',
    ending: 'sign-out',
    end: (_sites, { browser, here }) => browser.get(`/end-session?client_id=shop&logout_hint=${here.shop}`),
    told: everySite,
  },
  {
    name: 'a sign-out at the provider: every site of this browser’s session',
    ending: 'sign-out',
    end: (_sites, { browser }) => browser.post('/sign-out', {}),
    told: everySite,
  },
  {
    name: 'a sign-out “everywhere” on the account page: every site of every session',
    ending: 'sign-out-everywhere',
    end: (_sites, { browser }) => browser.post('/account/sign-out-everywhere', {}),
    told: everySession,
  },
  {
    name: 'idp users sign-out: every site of every session',
    ending: 'sign-out-everywhere',
    end: ({ line }) => line.run('users', 'sign-out', 'ada'),
    told: everySession,
  },
  {
    name: 'another person signing in over it: every site of that session',
    ending: 'other-person',
    end: (sites, { browser }) => sites.signInAt('blog', browser, 'ben'),
    told: everySite,
  },
  {
    name: 'a hundred sign-ins in other browsers: every site of the sessions before',
    ending: 'too-many-sessions',
    async end({ idp }) {
      const { store, signOn } = idp.provider;
      const person = await store.findPersonByUsername('ada');
      idp.advanceClock(1);
      if (!person) throw new Error('there is no ada');
      for (let count = 0; count < 100; count += 1) await signOn.signIn(person, undefined);
    },
    told: everySession,
  },
  {
    name: 'idp users set-passphrase: every site of every session',
    ending: 'passphrase-changed',
    end: ({ line }) => line.run('users', 'set-passphrase', 'ada'),
    told: everySession,
  },
  {
    name: 'idp users disable: every site of every session',
    ending: 'person-disabled',
    end: ({ line }) => line.run('users', 'disable', 'ada'),
    told: everySession,
  },
  {
    name: 'idp users remove: every site of every session',
    ending: 'person-removed',
    end: ({ line }) => line.run('users', 'remove', 'ada'),
    told: everySession,
  },
  {
    name: 'idp end-everything: every site of every session of everybody',
    ending: 'everything-ended',
    end: ({ line }) => line.run('end-everything'),
    told: everySession,
  },
  {
    name: 'a consent withdrawn: that client only',
    ending: 'consent-withdrawn',
    end: (_sites, { browser }) => browser.post('/account/take-back', { client_id: 'stranger' }),
    told: ({ here }) => [here.stranger],
  },
  {
    name: 'idp clients remove: that client only, at the address that it had',
    ending: 'client-removed',
    async end({ line, idp }) {
      await line.run('clients', 'remove', 'wiki');
      await idp.provider.clients.reload();
    },
    told: ({ here }) => [here.wiki],
  },
  {
    name: 'a refresh token reused: nobody is signed out',
    ending: 'refresh-token-reused',
    async end({ idp }, { refreshToken }) {
      const refresh = () => idp.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
      await refresh();
      idp.advanceClock(60);
      expect((await refresh()).status).toBe(400);
    },
    told: nobody,
  },
  {
    name: 'a session’s own end: nobody',
    ending: 'session-expired',
    async end({ idp }) {
      idp.advanceClock(2 * 86_400);
      while ((await idp.provider.store.sweep(idp.provider.clock())) > 0);
    },
    told: nobody,
  },
];

describe('B-30 what ends, and who is told', () => {
  let sites: ToldSites;
  beforeEach(async () => {
    sites = await openToldSites();
    sites.line.now = sites.idp.provider.clock();
    sites.line.passphrase = 'marble turbine oatmeal cassette';
  });
  afterEach(() => sites[Symbol.asyncDispose]());

  async function signInEverywhere(): Promise<Sessions> {
    const [browser, other] = [sites.idp.browser(), sites.idp.browser()];
    const shop = await sites.signInAt('shop', browser);
    const sidAt = async (site: SiteName) => (await sites.signInAt(site, browser)).sid;
    const here = {
      shop: shop.sid,
      blog: await sidAt('blog'),
      stranger: await sidAt('stranger'),
      wiki: await sidAt('wiki'),
    };
    const { sid: elsewhere } = await sites.signInAt('shop', other);
    return { browser, here, elsewhere, refreshToken: shop.refreshToken };
  }

  it.each(cases)('$ending, $name', async ({ end, told }) => {
    const sessions = await signInEverywhere();
    await end(sites, sessions);
    await sites.idp.provider.outbox.tellDue();
    expect(sites.told.flatMap(({ sid }) => sid ?? []).toSorted()).toEqual([...told(sessions)].toSorted());
    await sites.idp.provider.outbox.tellDue();
    expect(sites.told).toHaveLength(told(sessions).length);
  });

  it('a consent withdrawn: signing in again works at once, under another sid that no late notice ends', async () => {
    const browser = sites.idp.browser();
    const before = await sites.signInAt('stranger', browser);
    await browser.post('/account/take-back', { client_id: 'stranger' });
    const after = await sites.signInAt('stranger', browser);
    await sites.idp.provider.outbox.tellDue();
    expect(sites.told.map(({ sid }) => sid)).toEqual([before.sid]);
    expect(after.sid).not.toBe(before.sid);
    await browser.post('/sign-out', {});
    await sites.idp.provider.outbox.tellDue();
    expect(sites.told.map(({ sid }) => sid)).toEqual([before.sid, after.sid]);
  });

  it('covers every row of the table', () => {
    expect(new Set(cases.map(({ ending }) => ending))).toEqual(new Set(Object.keys(endings)));
  });
});
