import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { NOW, personOf, unique } from './store-samples.ts';

/** What every engine must do with the names that people and clients have in tokens. */
export function describeSharedSubjects(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  const addClient = (clientId: string) =>
    store.addClient({ clientId, registration: {}, secretHash: undefined }, NOW);
  const addPerson = (sub: string) => store.addPerson({ ...personOf(), sub }, NOW);

  describe('ASVS 10.3.3 the id of a client', () => {
    it('is no sub of a person who is added later', async () => {
      const id = unique('both');
      expect(await addClient(id)).toBe(true);
      expect(await addPerson(id)).toBe(false);
      expect(await store.findPersonBySub(id)).toBeUndefined();
    });

    it('is no sub of a person who was there before', async () => {
      const id = unique('both');
      expect(await addPerson(id)).toBe(true);
      expect(await addClient(id)).toBe(false);
      expect(await store.findStoredClient(id)).toBeUndefined();
    });

    it.each(Array.from({ length: 20 }, (_, index) => index + 1))(
      'round %i: goes to one of them where both are added at the same moment',
      async () => {
        const id = unique('both');
        const [person, client] = await Promise.all([addPerson(id), addClient(id)]);
        expect(person).toBe(!client);
        expect(await store.findSharedSubject()).toBeUndefined();
      },
    );
  });
}
