import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { grantOf, NOW, personOf, sessionOf, unique } from './store-samples.ts';

const clientOf = (change: object = {}) => ({
  clientId: unique('client'),
  registration: { redirect_uris: ['https://a.example/cb'], client_name: 'A' },
  secretHash: 'hash',
  ...change,
});

const standing = (audiences: readonly string[]) => clientOf({ registration: { audiences } });

/** What a client of the operator has not. */
const NOT_GIVEN = { registrationTokenHash: undefined, previousSecret: undefined };

const rotationOf = (clientId: string, overlapUntil?: number) => ({
  clientId,
  secretHash: 'other',
  overlapUntil,
});

/** What every engine must do with clients, and when a client or a person goes. */
export function describeClients(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  /** A person with a session, and a grant of theirs for a client. */
  async function granted(clientId: string, offline = false) {
    const person = personOf();
    const session = sessionOf(person.sub);
    const grant = { ...grantOf(person.sub, session.id), clientId, offline };
    await store.addPerson(person, NOW);
    await store.openSession(session, unique('cookie'), person.passwordHash);
    await store.openGrant(grant, { hash: unique('code'), expiresAt: NOW + 60 }, NOW);
    return { person, session, grant };
  }

  describe('clients', () => {
    it('come back as they went in, and an id is taken once', async () => {
      const client = clientOf();
      expect(await store.addClient(client, NOW)).toBe(true);
      expect(await store.addClient({ ...client, registration: {} }, NOW + 1)).toBe(false);
      const stored = { ...client, ...NOT_GIVEN, createdAt: NOW, updatedAt: NOW };
      expect(await store.findStoredClient(client.clientId)).toEqual(stored);
      expect(await store.listClients()).toContainEqual(stored);
    });

    it('of 10 parallel registrations of one id exactly one wins', async () => {
      const client = clientOf();
      const added = await Promise.all(Array.from({ length: 10 }, () => store.addClient(client, NOW)));
      expect(added.filter(Boolean)).toHaveLength(1);
    });

    it('get another secret only where they have one', async () => {
      const [secret, silent] = [clientOf(), clientOf({ secretHash: undefined })];
      await store.addClient(secret, NOW);
      await store.addClient(silent, NOW);
      expect(await store.replaceClientSecret(rotationOf(secret.clientId), NOW + 5)).toBe(true);
      expect(await store.findStoredClient(secret.clientId)).toMatchObject({
        secretHash: 'other',
        createdAt: NOW,
        updatedAt: NOW + 5,
      });
      expect(await store.replaceClientSecret(rotationOf(silent.clientId), NOW)).toBe(false);
      expect(await store.replaceClientSecret(rotationOf(unique('nobody')), NOW)).toBe(false);
    });

    describe('stand for an audience', () => {
      it('T-41 alone: a second one is refused, by its registration and later, with both named', async () => {
        const audience = unique('https://api.example/');
        const [first, second, third] = [
          standing([audience]),
          standing(['https://x', audience]),
          standing([]),
        ];
        const both = new RegExp(
          `"${first.clientId}" and "(${second.clientId}|${third.clientId})".*"${audience}"`,
        );
        expect(await store.addClient(first, NOW)).toBe(true);
        await expect(store.addClient(second, NOW)).rejects.toThrow(both);
        expect(await store.findStoredClient(second.clientId)).toBeUndefined();
        await store.addClient(third, NOW);
        await expect(store.setClientAudiences(third.clientId, [audience])).rejects.toThrow(both);
        expect((await store.findStoredClient(third.clientId))?.registration).toEqual({ audiences: [] });
      });

      it('of 10 at once one, and the next when that one gives it up or goes', async () => {
        const audience = unique('https://api.example/');
        const clients = Array.from({ length: 10 }, () => standing([audience]));
        const added = await Promise.allSettled(clients.map((client) => store.addClient(client, NOW)));
        expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const first = clients[added.findIndex(({ status }) => status === 'fulfilled')]?.clientId ?? '';
        expect(await store.setClientAudiences(first, [])).toBe(true);
        const next = standing([audience]);
        expect(await store.addClient(next, NOW)).toBe(true);
        await store.removeClient(next.clientId, NOW);
        expect(await store.setClientAudiences(first, [audience])).toBe(true);
      });

      it('as it is said, and keep the rest of their registration', async () => {
        const client = clientOf();
        await store.addClient(client, NOW);
        expect(await store.setClientAudiences(client.clientId, ['https://wiki.example'])).toBe(true);
        const registration = { ...client.registration, audiences: ['https://wiki.example'] };
        expect(await store.findStoredClient(client.clientId)).toMatchObject({ registration, updatedAt: NOW });
        expect(await store.setClientAudiences(unique('nobody'), [])).toBe(false);
      });
    });

    it('keep the secret before a rotation for as long as that says, and no more than one', async () => {
      const { clientId, ...client } = clientOf({ secretHash: 'first' });
      await store.addClient({ clientId, ...client }, NOW);
      const rotate = (secretHash: string, overlapUntil?: number) =>
        store.replaceClientSecret({ clientId, secretHash, overlapUntil }, NOW);
      const secretsOf = async () => {
        const { secretHash, previousSecret } = (await store.findStoredClient(clientId)) ?? {};
        return { secretHash, previousSecret };
      };
      await rotate('second', NOW + 60);
      const first = { hash: 'first', acceptedUntil: NOW + 60 };
      expect(await secretsOf()).toEqual({ secretHash: 'second', previousSecret: first });
      await rotate('third', NOW + 90);
      const second = { hash: 'second', acceptedUntil: NOW + 90 };
      expect(await secretsOf()).toEqual({ secretHash: 'third', previousSecret: second });
      await rotate('fourth');
      expect(await secretsOf()).toEqual({ secretHash: 'fourth', previousSecret: undefined });
    });

    it('keep their secrets when they change, and lose both where they need none any more', async () => {
      const { clientId, registration } = clientOf();
      await store.addClient({ clientId, registration, secretHash: 'first' }, NOW);
      await store.replaceClientSecret(rotationOf(clientId, NOW + 60), NOW);
      const update = { clientId, registration, keptMembers: [] };
      await store.updateClient({ ...update, secret: 'kept' }, NOW);
      const rotated = { secretHash: 'other', previousSecret: { hash: 'first', acceptedUntil: NOW + 60 } };
      expect(await store.findStoredClient(clientId)).toMatchObject(rotated);
      await store.updateClient({ ...update, secret: { secretHash: undefined } }, NOW);
      const none = { secretHash: undefined, previousSecret: undefined };
      expect(await store.findStoredClient(clientId)).toMatchObject(none);
    });

    it('change as a whole, but for what is to stay, and keep their registration token', async () => {
      const client = clientOf({ registrationTokenHash: unique('token') });
      await store.addClient(client, NOW);
      const audiences = [unique('https://kept.example/')];
      await store.setClientAudiences(client.clientId, audiences);
      const update = {
        clientId: client.clientId,
        registration: { client_name: 'B', audiences: ['https://evil.example'] },
        keptMembers: ['audiences', 'resources'],
        secret: { secretHash: undefined },
      };
      expect(await store.updateClient(update, NOW + 5)).toBe(true);
      expect(await store.findStoredClient(client.clientId)).toEqual({
        ...client,
        registration: { client_name: 'B', audiences },
        secretHash: undefined,
        previousSecret: undefined,
        createdAt: NOW,
        updatedAt: NOW + 5,
      });
      expect(await store.updateClient({ ...update, clientId: unique('nobody') }, NOW)).toBe(false);
    });

    it('are listed by what changed since a version, and counted', async () => {
      const [first, second] = [clientOf(), clientOf()];
      const before = await store.countClients();
      await store.addClient(first, NOW);
      const version = await store.findClientsVersion();
      await store.addClient(second, NOW);
      const changed = async (since: number) =>
        (await store.listClientsSince(since)).map(({ clientId }) => clientId);
      expect(await changed(version)).toEqual([second.clientId]);
      await store.replaceClientSecret(rotationOf(first.clientId), NOW);
      expect(await changed(version)).toEqual([second.clientId, first.clientId]);
      expect(await changed(await store.findClientsVersion())).toEqual([]);
      await store.removeClient(first.clientId, 1);
      expect(await store.countClients()).toBe(before + 1);
      expect(await store.listClientIds()).toContain(second.clientId);
      expect(await store.listClientIds()).not.toContain(first.clientId);
    });

    it('take their grants with them, and nobody else’s', async () => {
      const client = clientOf();
      await store.addClient(client, NOW);
      const [theirs, others] = [await granted(client.clientId, true), await granted(unique('other'))];
      expect(await store.removeClient(client.clientId, NOW)).toBe(true);
      expect(await store.removeClient(client.clientId, NOW)).toBe(false);
      expect(await store.findStoredClient(client.clientId)).toBeUndefined();
      expect(await store.findActiveGrant(theirs.grant.id, NOW)).toBeUndefined();
      expect(await store.findActiveGrant(others.grant.id, NOW)).toBeDefined();
    });

    it('that are not stored keep their grants when they are to be removed', async () => {
      const { grant } = await granted(unique('from-a-file'));
      expect(await store.removeClient(grant.clientId, NOW)).toBe(false);
      expect(await store.findActiveGrant(grant.id, NOW)).toBeDefined();
    });

    it('show every change by another version', async () => {
      const client = clientOf();
      const versions = [await store.findClientsVersion()];
      for (const change of [
        () => store.addClient(client, NOW),
        () => store.replaceClientSecret(rotationOf(client.clientId), NOW),
        () => store.setClientAudiences(client.clientId, []),
        () => store.updateClient({ ...client, keptMembers: [], secret: 'kept' }, NOW),
        () => store.removeClient(client.clientId, NOW),
      ]) {
        await change();
        versions.push(await store.findClientsVersion());
      }
      expect(new Set(versions).size).toBe(6);
    });
  });

  describe('a person', () => {
    it('K-07 loses every session and grant at once, offline ones too', async () => {
      const { person, session, grant } = await granted('shop', true);
      expect(await store.revokeAllOfPerson(person.sub, { ending: 'passphrase-changed', now: NOW })).toEqual([
        session.id,
      ]);
      expect(await store.revokeAllOfPerson(person.sub, { ending: 'passphrase-changed', now: NOW })).toEqual(
        [],
      );
      expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
      expect(await store.findPersonBySub(person.sub)).toBeDefined();
    });

    it('T-38 goes with sessions and grants, once', async () => {
      const { person, session, grant } = await granted('shop', true);
      expect(await store.removePerson(person.sub, NOW)).toBe(true);
      expect(await store.removePerson(person.sub, NOW)).toBe(false);
      expect(await store.findPersonByUsername(person.username)).toBeUndefined();
      expect(await store.findSession(session.id, NOW)).toBeUndefined();
      expect(await store.findActiveGrant(grant.id, NOW)).toBeUndefined();
    });
  });
}
