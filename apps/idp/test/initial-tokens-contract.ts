import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { NOW, unique } from './store-samples.ts';

const clientOf = () => ({ clientId: unique('client'), registration: {}, secretHash: undefined });

/** What every engine must do with the tokens that let strangers register. */
export function describeInitialTokens(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  async function added(usesLeft = 1) {
    const token = { id: unique('id'), usesLeft, createdAt: NOW, expiresAt: NOW + 60 };
    const tokenHash = unique('hash');
    await store.addInitialAccessToken({ ...token, tokenHash });
    return { token, tokenHash };
  }

  describe('initial access tokens', () => {
    it('come back as they went in, until they expire', async () => {
      const { token, tokenHash } = await added(2);
      expect(await store.findInitialAccessToken(tokenHash, NOW + 59)).toEqual(token);
      expect(await store.listInitialAccessTokens(NOW + 59)).toContainEqual(token);
      expect(await store.findInitialAccessToken(tokenHash, NOW + 60)).toBeUndefined();
      expect(await store.listInitialAccessTokens(NOW + 60)).not.toContainEqual(token);
    });

    it('of 10 parallel registrations with 3 uses exactly 3 add a client', async () => {
      const { token, tokenHash } = await added(3);
      const clients = Array.from({ length: 10 }, clientOf);
      const registered = await Promise.all(
        clients.map((client) => store.addClientByToken(client, tokenHash, NOW)),
      );
      expect(registered.filter(Boolean)).toHaveLength(3);
      const ids = new Set(await store.listClientIds());
      expect(clients.map(({ clientId }) => ids.has(clientId))).toEqual(registered);
      expect(await store.findInitialAccessToken(tokenHash, NOW)).toBeUndefined();
      expect(await store.listInitialAccessTokens(NOW)).toContainEqual({ ...token, usesLeft: 0 });
    });

    it('are not used where no client is added', async () => {
      const { token, tokenHash } = await added();
      const client = clientOf();
      await store.addClient(client, NOW);
      await expect(store.addClientByToken(client, tokenHash, NOW)).rejects.toThrow(/id of a new client/);
      expect(await store.findInitialAccessToken(tokenHash, NOW)).toEqual(token);
    });

    it('add no client once they are removed, have expired, or where there is none', async () => {
      const [removed, expired] = [await added(), await added()];
      expect(await store.removeInitialAccessToken(removed.token.id)).toBe(true);
      expect(await store.removeInitialAccessToken(removed.token.id)).toBe(false);
      expect(await store.addClientByToken(clientOf(), removed.tokenHash, NOW)).toBe(false);
      expect(await store.addClientByToken(clientOf(), expired.tokenHash, NOW + 60)).toBe(false);
      expect(await store.addClientByToken(clientOf(), unique('nothing'), NOW)).toBe(false);
    });
  });
}
