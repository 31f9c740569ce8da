import { beforeAll, describe, expect, it } from 'vitest';
import type { Person, Store } from '../src/store/index.ts';
import { NOW, personOf, unique } from './store-samples.ts';

/** What every engine must do with people. */
export function describePeople(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('people', () => {
    it('come back as they went in, and a username is taken once', async () => {
      const person = personOf();
      expect(await store.addPerson(person, NOW)).toBe(true);
      expect(await store.addPerson({ ...person, sub: unique('sub') }, NOW)).toBe(false);
      expect(await store.findPersonByUsername(person.username)).toEqual(person);
      expect(await store.findPersonBySub(person.sub)).toEqual(person);
      expect(await store.listPeople()).toContainEqual(person);
    });

    it('change their roles, and only if they exist', async () => {
      const person = personOf();
      await store.addPerson(person, NOW);
      expect(await store.setRoles(person.username, ['editor'], NOW)).toBe(true);
      expect((await store.findPersonBySub(person.sub))?.roles).toEqual(['editor']);
      expect(await store.setRoles(unique('nobody'), [], NOW)).toBe(false);
    });

    it.each<readonly [string, (person: Person, now: number) => Promise<unknown>]>([
      ['other roles', ({ username }, now) => store.setRoles(username, ['editor'], now)],
      ['another passphrase', ({ sub }, now) => store.setPasswordHash(sub, '$argon2id$other', now)],
      ['being disabled', ({ username }, now) => store.setDisabled(username, true, now)],
      ['being enabled', ({ username }, now) => store.setDisabled(username, false, now)],
    ])('are marked as changed by %s', async (_what, change) => {
      const person = personOf();
      await store.addPerson(person, NOW);
      await change(person, NOW + 9);
      expect((await store.findPersonBySub(person.sub))?.updatedAt).toBe(NOW + 9);
    });

    it('are the same as before under another hash of their passphrase', async () => {
      const person = personOf();
      await store.addPerson(person, NOW);
      const hashes = { from: person.passwordHash, to: '$argon2id$stronger' };
      expect(await store.replacePasswordHash(person.sub, hashes)).toBe(true);
      expect(await store.findPersonBySub(person.sub)).toEqual({
        ...person,
        passwordHash: '$argon2id$stronger',
      });
    });
  });
}
