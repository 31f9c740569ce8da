import { beforeEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, randomId } from '../foundation/index.ts';
import {
  cookieReader,
  createCookieJar,
  createMemorySessionStore,
  createSealer,
  createSessionKeeper,
  defaultLifetimes,
  MAX_SEALED_SESSION,
  type Session,
  type SessionStore,
} from './index.ts';

const start = 1_800_000_000;
let now: number;
const clock = () => now;
const jar = createCookieJar('https://shop.example');
const sealer = createSealer({ keys: [randomId(32)], owner: 'https://id.example shop' });

const session: Session = {
  v: 1,
  id: randomId(),
  claims: { iss: 'https://id.example', sub: 'ada', sid: randomId() },
  accessToken: 'opaque',
  accessTokenExpiresAt: start + 600,
  refreshDueAt: start + 540,
  refreshToken: randomId(32),
  issuedAt: start,
  lastSeenAt: start,
  absoluteExpiresAt: start + 12 * HOUR,
};

function keeper(store?: SessionStore) {
  return createSessionKeeper({ sealer, jar, lifetimes: defaultLifetimes, clock, store });
}

async function kept(value: Session, store?: SessionStore) {
  const { line, value: cookie } = await keeper(store).save(value);
  return {
    line,
    find: () => keeper(store).find((name) => (name === jar.names.session ? cookie : undefined)),
    cookie,
  };
}

beforeEach(() => {
  now = start;
});

describe('a kept session', () => {
  it('is found again by its cookie', async () => {
    expect(await (await kept(session)).find()).toEqual(session);
  });

  it.each([
    ['is alive a second before its idle end', 30 * MINUTE - 1, true],
    ['G10 is over after 30 minutes without use', 30 * MINUTE, false],
    ['F-06 survives a clock that jumps back', -HOUR, true],
  ])('%s', async (_what, later, alive) => {
    const { find } = await kept(session);
    now = start + later;
    expect((await find()) !== undefined).toBe(alive);
  });

  it('G10 is over after 12 hours however busy it is', async () => {
    now = start + 12 * HOUR - 1;
    const { find } = await kept({ ...session, lastSeenAt: now });
    expect(await find()).toBeDefined();
    now = start + 12 * HOUR;
    expect(await find()).toBeUndefined();
  });

  it('tells the browser to forget it when it ends', async () => {
    expect((await kept(session)).line).toContain('Max-Age=1800;');
    now = start + 12 * HOUR - 10;
    expect((await kept({ ...session, lastSeenAt: now })).line).toContain('Max-Age=10;');
  });

  it('of another shape reads as signed out', async () => {
    const cookie = await sealer.seal('session', { ...session, v: 2 });
    expect(await keeper().find(cookieReader(`${jar.names.session}=${cookie}`))).toBeUndefined();
  });

  it('pain 12: is refused loudly when it outgrows the cookie', async () => {
    await expect(kept({ ...session, accessToken: 'x'.repeat(MAX_SEALED_SESSION) })).rejects.toMatchObject({
      code: 'session_too_large',
      message: expect.stringContaining('sessionStore'),
    });
  });
});

describe('a session store', () => {
  it('keeps a session of any size, sealed; the cookie is a small sealed id', async () => {
    const rows = new Map<string, string>();
    const memory = createMemorySessionStore(clock);
    const store: SessionStore = {
      ...memory,
      save: (id, sealed, ttl) => (rows.set(id, sealed), memory.save(id, sealed, ttl)),
    };
    const large = { ...session, accessToken: 'x'.repeat(20_000) };
    const { find, cookie } = await kept(large, store);
    expect(await find()).toEqual(large);
    expect(cookie?.length).toBeLessThan(160);
    expect([...rows.values()].join('')).not.toContain('xxxxxxxxxx');
  });

  it('B-10 opens nothing once the session was removed, whoever kept the cookie', async () => {
    const store = createMemorySessionStore(clock);
    const { find } = await kept(session, store);
    await keeper(store).remove(session);
    expect(await find()).toBeUndefined();
  });

  it('opens nothing when a row was moved under another id', async () => {
    const store = createMemorySessionStore(clock);
    const { find } = await kept(session, store);
    const stolen = await sealer.seal('stored-session', { ...session, id: 'other' });
    await store.save(session.id, stolen, 60);
    expect(await find()).toBeUndefined();
  });
});
