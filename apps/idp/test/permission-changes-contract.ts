import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Notice, type Person, type Store } from '../src/store/index.ts';
import { grantOf, NOW, personOf, redemptionOf, sessionOf, unique } from './store-samples.ts';

const LEASE = { now: NOW, until: NOW + 10, limit: 1000, recipient: undefined };

const permissionsFor = (_notice: unknown, roles: readonly string[] = []) => roles;

/** What every engine must do with permissions that have changed. */
export function describePermissionChanges(openUrl: () => Promise<string>): void {
  let stores: readonly [Store, Store];
  let store: Store;
  beforeAll(async () => {
    const url = await openUrl();
    stores = [await openStore(url), await openStore(url)];
    [store] = stores;
  });
  afterAll(async () => {
    for (const one of stores) await one.close();
  });

  /** Somebody with a session that reached these clients. */
  async function personAt(clientIds: readonly string[], change: Partial<Person> = {}): Promise<Person> {
    const person = { ...personOf(), ...change };
    await store.addPerson(person, NOW);
    const session = sessionOf(person.sub);
    await store.openSession(session, unique('cookie'), person.passwordHash);
    for (const clientId of clientIds) await reach(person.sub, session.id, clientId);
    return person;
  }

  async function reach(sub: string, sessionId: string, clientId: string) {
    const grant = { ...grantOf(sub, sessionId), clientId };
    const codeHash = unique('code');
    await store.openGrant(grant, { hash: codeHash, expiresAt: NOW + 60 }, NOW);
    await store.consumeCode(redemptionOf(codeHash, { clientId }));
    const of = { sessionId, grantId: grant.id, clientId, audienceClientId: undefined };
    await store.reachClients(of, () => unique('sid'), NOW);
  }

  const lease = (clientId: string, from: Store = store): Promise<Notice[]> =>
    from.turnNotices([], [{ ...LEASE, lane: `token-claims-change ${clientId}` }], NOW);
  const changedAt = async (sub: string) => (await store.findPermissionChange(sub)).changedAt;

  describe('changed permissions', () => {
    it('N-09 are told to each client that the sessions reached, in the transaction of the change', async () => {
      const [shop, blog] = [unique('shop'), unique('blog')];
      const person = await personAt([shop, blog]);
      expect(await store.setRolesNow(person.username, ['reader'], NOW)).toBe(true);
      expect((await store.findPersonBySub(person.sub))?.roles).toEqual(['reader']);
      for (const clientId of [shop, blog])
        expect(await lease(clientId)).toMatchObject([
          { kind: 'token-claims-change', clientId, expiresAt: NOW + 3600, payload: { sub: person.sub } },
        ]);
    });

    it('are nobody’s where nobody has the username', async () => {
      expect(await store.setRolesNow(unique('nobody'), [], NOW)).toBe(false);
    });

    it('N-08 have no second until a node dates them, and then one for all that is told of them', async () => {
      const [shop, blog] = [unique('shop'), unique('blog')];
      const person = await personAt([shop, blog]);
      await store.setRolesNow(person.username, ['reader'], NOW);
      expect(await changedAt(person.sub)).toBeUndefined();
      const first = await store.dateNotices(await lease(shop), permissionsFor, NOW + 2);
      const second = await store.dateNotices(await lease(blog), permissionsFor, NOW + 7);
      for (const notices of [first, second])
        expect(notices).toMatchObject([{ payload: { told: { at: NOW + 2, permissions: ['reader'] } } }]);
      expect(await changedAt(person.sub)).toBe(NOW + 2);
    });

    it('N-08 are dated once by two nodes at the same time', async () => {
      const clientIds = Array.from({ length: 8 }, () => unique('client'));
      const person = await personAt(clientIds);
      await store.setRolesNow(person.username, [], NOW);
      const dated = await Promise.all(
        clientIds.map(async (clientId, index) => {
          const node = stores[index % 2] ?? store;
          return node.dateNotices(await lease(clientId, node), permissionsFor, NOW + index);
        }),
      );
      const moments = dated.flat().map(({ payload }) => 'told' in payload && payload.told?.at);
      expect([moments.length, new Set(moments).size]).toEqual([8, 1]);
    });

    it('N-08 are dated where they are taken, unless the roles have changed since the node read them', async () => {
      const shop = unique('shop');
      const person = await personAt([shop]);
      await store.setRolesNow(person.username, ['reader'], NOW);
      const { roleVersion } = await store.findPermissionChange(person.sub);
      const leases = [{ ...LEASE, lane: `token-claims-change ${shop}` }];
      const take = (version: number, now: number) =>
        store.turnNotices(
          [],
          leases.map((one) => ({ ...one, now, until: now + 10 })),
          now,
          {
            permissionsFor,
            clock: () => now + 1,
            roleVersion: version,
          },
        );
      const [undated] = await take(roleVersion - 1, NOW);
      expect(undated?.payload).not.toHaveProperty('told');
      expect(await take(roleVersion, NOW + 10)).toMatchObject([
        { payload: { told: { at: NOW + 11, permissions: ['reader'] } } },
      ]);
      expect(await changedAt(person.sub)).toBe(NOW + 11);
    });

    it('are told the same once more after a failure', async () => {
      const shop = unique('shop');
      const person = await personAt([shop]);
      await store.setRolesNow(person.username, ['reader'], NOW);
      const [notice] = await store.dateNotices(await lease(shop), permissionsFor, NOW);
      if (notice) await store.postponeNotice(notice, NOW);
      await store.setRoles(person.username, ['member'], NOW);
      expect((await lease(shop)).map(({ payload }) => payload)).toEqual([notice?.payload]);
    });

    it('that change again keep the second of the first until the next is dated', async () => {
      const shop = unique('shop');
      const person = await personAt([shop]);
      await store.setRolesNow(person.username, ['reader'], NOW);
      await store.dateNotices(await lease(shop), permissionsFor, NOW);
      await store.setRolesNow(person.username, [], NOW);
      expect(await changedAt(person.sub)).toBe(NOW);
      await store.dateNotices(await lease(shop), permissionsFor, NOW + 3);
      expect(await changedAt(person.sub)).toBe(NOW + 3);
    });

    it('are told of as nothing for somebody who is disabled or removed', async () => {
      const shop = unique('shop');
      const [disabled, removed] = [await personAt([shop]), await personAt([shop])];
      await store.revokeAllOfPerson(disabled.sub, { ending: 'person-disabled', now: NOW });
      await store.removePerson(removed.sub, NOW);
      const told = await store.dateNotices(await lease(shop), permissionsFor, NOW);
      expect(told.map(({ payload }) => 'told' in payload && payload.told?.permissions)).toEqual([[], []]);
    });

    it('are none where only the passphrase was changed', async () => {
      const shop = unique('shop');
      const person = await personAt([shop]);
      await store.revokeAllOfPerson(person.sub, { ending: 'passphrase-changed', now: NOW });
      expect(await lease(shop)).toEqual([]);
    });

    it('of a role are those of all who have it, in batches, each once', async () => {
      const [role, shop] = [unique('role'), unique('shop')];
      const held = await Promise.all([1, 2, 3].map(() => personAt([shop], { roles: [role, 'reader'] })));
      await personAt([shop], { roles: [`${role}x`] });
      let told = 0;
      for (let after: string | undefined = ''; after !== undefined;) {
        const batch = await store.tellPeopleOfRole(role, after, NOW);
        told += batch.told;
        after = batch.last;
      }
      expect(told).toBe(3);
      const subs = (await lease(shop)).map(({ payload }) => ('sub' in payload ? payload.sub : ''));
      expect(subs.toSorted()).toEqual(held.map(({ sub }) => sub).toSorted());
    });

    it('of roles are counted, with the name of what counts', async () => {
      const { roleVersion } = await store.findPermissionChange('nobody');
      await store.noteRoles('hash-of-roles');
      expect(await store.findPermissionChange('nobody')).toEqual({
        changedAt: undefined,
        roleVersion: roleVersion + 1,
      });
      expect(await store.findRolesHash()).toBe('hash-of-roles');
    });

    it('F-14 leave no row behind', async () => {
      const person = await personAt([unique('shop')]);
      await store.setRolesNow(person.username, [], NOW);
      const twoDays = 2 * 86_400;
      while ((await store.sweep(NOW + twoDays)) > 0);
      expect(await changedAt(person.sub)).toBeUndefined();
    });
  });
}
