import { beforeAll, describe, expect, it } from 'vitest';
import type { Person, Store } from '../src/store/index.ts';
import { NOW, personOf, unique } from './store-samples.ts';

/** A hash in form, of other figures than ours. */
const hashOf = (passes: number) =>
  `$argon2id$v=19$m=4096,t=${passes},p=1$${'c'.repeat(22)}$${'d'.repeat(43)}`;

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

    it('U-01 remember what checking their passphrases costs, until nobody has such a hash', async () => {
      const person = personOf();
      const costs = async () => (await store.listPasswordCosts()).filter((cost) => cost.includes('m=4096'));
      await store.addPerson({ ...person, passwordHash: hashOf(1) }, NOW);
      await store.setPasswordHash(person.sub, hashOf(2), NOW);
      await store.replacePasswordHash(person.sub, { from: hashOf(2), to: hashOf(3) });
      const [one, two, three] = [1, 2, 3].map((passes) => `$argon2id$v=19$m=4096,t=${passes},p=1`);
      expect(await costs()).toEqual([one, two, three]);
      await store.forgetUnusedPasswordCosts();
      expect(await costs()).toEqual([three]);
    });
  });
}
