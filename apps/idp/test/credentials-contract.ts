import { beforeAll, describe, expect, it } from 'vitest';
import type { Person, Store } from '../src/store/index.ts';
import { grantOf, NOW, personOf, sessionOf, unique } from './store-samples.ts';

const OTHER_HASH = '$argon2id$other';

type End = (store: Store, person: Person) => Promise<unknown>;

/** What ends all of a person, as the command line does it. */
const ends: readonly (readonly [what: string, end: End])[] = [
  [
    'another passphrase',
    async (store, { sub }) => {
      await store.setPasswordHash(sub, OTHER_HASH, NOW);
      await store.revokeAllOfPerson(sub, { ending: 'passphrase-changed', now: NOW });
    },
  ],
  [
    'being disabled',
    async (store, { sub, username }) => {
      await store.setDisabled(username, true, NOW);
      await store.revokeAllOfPerson(sub, { ending: 'passphrase-changed', now: NOW });
    },
  ],
  ['being removed', (store, { sub }) => store.removePerson(sub, NOW)],
];

/** K-07: what a passphrase opened is not there after everything was ended, whatever runs at the same time. */
export function describeCredentials(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  async function known() {
    const person = personOf();
    await store.addPerson(person, NOW);
    const session = sessionOf(person.sub);
    const grant = { ...grantOf(person.sub, session.id), offline: true };
    const openSession = () => store.openSession(session, unique('cookie'), person.passwordHash);
    const openGrant = () => store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
    return { person, session, grant, openSession, openGrant };
  }

  describe.each(ends)('K-07 after %s', (_what, end) => {
    it('no session opens by what was checked before', async () => {
      const { person, session, openSession } = await known();
      await end(store, person);
      expect(await openSession()).toBe(false);
      expect(await store.findSession(session.id, NOW)).toBeUndefined();
    });

    it('no session is renewed by what was checked before', async () => {
      const { person, session, openSession } = await known();
      await openSession();
      await end(store, person);
      expect(await store.renewSession(session, unique('cookie'), person.passwordHash)).toBe(false);
    });

    it('no grant opens by the session from before, not for offline_access either', async () => {
      const { person, grant, openSession, openGrant } = await known();
      await openSession();
      await end(store, person);
      expect(await openGrant()).toBe(false);
      expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
    });

    it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
      'round %i: nothing lives on that opened at the same moment',
      async () => {
        const { person, session, grant, openSession, openGrant } = await known();
        const signIn = async () => (await openSession()) && openGrant();
        await Promise.all([signIn(), end(store, person)]);
        expect(await store.findSession(session.id, NOW)).toBeUndefined();
        expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
      },
    );

    it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
      'round %i: no offline grant lives on that opened at the same moment',
      async () => {
        const { person, grant, openSession, openGrant } = await known();
        await openSession();
        await Promise.all([openGrant(), end(store, person)]);
        expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
      },
    );
  });

  it('K-07 a stronger hash takes the place of the one that was checked, and of no other', async () => {
    const { person } = await known();
    const { sub, passwordHash } = person;
    await store.setPasswordHash(sub, OTHER_HASH, NOW);
    expect(await store.replacePasswordHash(sub, { from: passwordHash, to: '$argon2id$stronger' })).toBe(
      false,
    );
    expect((await store.findPersonBySub(sub))?.passwordHash).toBe(OTHER_HASH);
  });
}
