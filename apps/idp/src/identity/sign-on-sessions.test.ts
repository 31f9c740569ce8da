import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grantOf, NOW, personOf, unique } from '../../test/store-samples.ts';
import { openStore, type Store } from '../store/index.ts';
import { createSignOnSessions } from './sign-on-sessions.ts';

const sessionsOf = (store: Store) => createSignOnSessions({ store, clock: () => NOW, signOnSeconds: 3600 });

describe('a sign-in that is overtaken by the sign-out of the same person', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore('file::memory:');
  });
  afterEach(() => store.close());

  /** The same database, in which each session ends just after it was looked for. */
  const endingWhatIsFound = (): Store => ({
    ...store,
    async findSession(id, now) {
      const found = await store.findSession(id, now);
      await store.endSession(id, { ending: 'sign-out', now: NOW });
      return found;
    },
    async findSessionByCookie(cookieHash, now) {
      const found = await store.findSessionByCookie(cookieHash, now);
      if (found) await store.endSession(found.id, { ending: 'sign-out', now: NOW });
      return found;
    },
  });

  it.each([
    ['the cookie of the session', true],
    ['the request that the session was opened for', false],
  ])(
    'K-07 begins a new session, in which nothing of the ended one lives again, where it came by %s',
    async (_what, byCookie) => {
      const person = personOf();
      await store.addPerson(person, NOW);
      const first = await sessionsOf(store).signIn(person, undefined);
      if (!first) throw new Error('nobody signed in');
      const { id } = first.session;
      const grant = grantOf(person.sub, id);
      await store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
      const again = sessionsOf(endingWhatIsFound());
      const second = await (byCookie
        ? again.signIn(person, first.cookie)
        : again.signIn(person, undefined, id));
      expect(second?.session.id).not.toBe(id);
      expect(await sessionsOf(store).find(second?.cookie)).toMatchObject({ sub: person.sub });
      expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
    },
  );
});

describe('a person who signs in over and over', () => {
  it('F-14 has a hundred sessions at most: the oldest end, and the latest goes on', async () => {
    const store = await openStore('file::memory:');
    let now = NOW;
    const sessions = createSignOnSessions({ store, clock: () => now, signOnSeconds: 3600 });
    const [person, other] = [personOf(), personOf()];
    await store.addPerson(person, NOW);
    await store.addPerson(other, NOW);
    const stranger = await sessions.signIn(other, undefined);
    const cookies: (string | undefined)[] = [];
    const ended: string[] = [];
    for (let count = 0; count < 103; count += 1) {
      now += 1;
      const signedIn = await sessions.signIn(person, undefined);
      cookies.push(signedIn?.cookie);
      ended.push(...(signedIn?.surplus ?? []));
    }
    const alive = await Promise.all(
      cookies.map(async (cookie) => (await sessions.find(cookie)) !== undefined),
    );
    expect(alive).toEqual(cookies.map((_, index) => index >= 3));
    expect(ended).toHaveLength(3);
    expect(await sessions.find(stranger?.cookie)).toBeDefined();
    await store.close();
  });
});
