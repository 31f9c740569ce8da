import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../events/provider-event.ts';
import { ISSUER } from '../../test/registrations.ts';
import { openStore, type Store } from '../store/index.ts';
import { parseClients } from './clients-file.ts';
import { openClientDirectory } from './client-directory.ts';

const redirect_uris = ['https://shop.example/cb'];
const fileClients = parseClients([
  {
    client_id: 'shop',
    client_secret: 'shop-secret-0123456789',
    redirect_uris,
    audiences: ['https://shop.example/api'],
  },
]);

describe('the registry', () => {
  let store: Store;
  const events: ProviderEvent[] = [];
  beforeAll(async () => {
    store = await openStore('file::memory:');
  });
  afterAll(() => store.close());

  const observe = (event: ProviderEvent) => void events.push(event);
  const open = () => openClientDirectory({ issuer: ISSUER, fileClients, store, observe });
  const add = (clientId: string, registration: object) =>
    store.addClient({ clientId, registration: { ...registration }, secretHash: 'hash' }, 1);

  const rotate = (clientId: string, secretHash: string, now = 2) =>
    store.replaceClientSecret({ clientId, secretHash, overlapUntil: undefined }, now);

  it('finds a client by its exact id', async () => {
    const registry = await open();
    expect(registry.find('shop')?.clientId).toBe('shop');
    for (const id of ['SHOP', 'shop ', '__proto__', 'constructor', ''])
      expect(registry.find(id)).toBeUndefined();
  });

  it('sees what another node registers, changes and removes', async () => {
    const registry = await open();
    await add('wiki', { redirect_uris });
    expect(registry.find('wiki')).toBeUndefined();
    await registry.reload();
    expect(registry.find('wiki')).toMatchObject({ redirectUris: redirect_uris, secretHash: 'hash' });
    await rotate('wiki', 'other');
    await registry.reload();
    expect(registry.find('wiki')?.secretHash).toBe('other');
    await store.removeClient('wiki', 1);
    await registry.reload();
    expect(registry.list().map(({ clientId }) => clientId)).toEqual(['shop']);
  });

  it('reads nothing while nothing changes, and then no more than what changed', async () => {
    const read: string[][] = [];
    const counting = {
      ...store,
      async listClientsSince(version: number) {
        const clients = await store.listClientsSince(version);
        read.push(clients.map(({ clientId }) => clientId));
        return clients;
      },
    };
    for (const clientId of ['a', 'b', 'c']) await add(clientId, { redirect_uris });
    const context = { issuer: ISSUER, fileClients, store: counting, observe };
    const registry = await openClientDirectory(context);
    await registry.reload();
    await rotate('b', 'other');
    await registry.reload();
    await store.removeClient('c', 1);
    await registry.reload();
    expect(read).toEqual([expect.arrayContaining(['a', 'b', 'c']), ['b'], []]);
  });

  it('keeps a client, and with it all that hangs on it, while others are registered, changed and removed', async () => {
    await add('kept', { redirect_uris });
    const registry = await open();
    const kept = registry.find('kept');
    for (const change of [
      () => add('new', { redirect_uris }),
      () => rotate('new', 'other'),
      () => store.removeClient('new', 1),
    ]) {
      await change();
      await registry.reload();
      expect(registry.find('kept')).toBe(kept);
    }
    await rotate('kept', 'other');
    await registry.reload();
    expect(registry.find('kept')).not.toBe(kept);
  });

  it('sees all of ten changes, whatever the order in which it is told to look', async () => {
    const registry = await open();
    const ids = Array.from({ length: 10 }, (_, index) => `many-${index}`);
    await Promise.all(ids.map((id) => add(id, { redirect_uris }).then(() => registry.reload())));
    expect(ids.filter((id) => !registry.find(id))).toEqual([]);
    await Promise.all(ids.map((id) => store.removeClient(id, 1).then(() => registry.reload())));
    expect(ids.filter((id) => registry.find(id))).toEqual([]);
  });

  it('reads everything again where the database is that of an earlier day', async () => {
    let version = 1000;
    const restored = { ...store, findClientsVersion: () => Promise.resolve(version) };
    const registry = await openClientDirectory({ issuer: ISSUER, fileClients, store: restored, observe });
    await add('earlier', { redirect_uris });
    version = 900;
    await registry.reload();
    expect(registry.find('earlier')).toBeDefined();
  });

  it('lets the file win over a stored client of the same id', async () => {
    await add('shop', { redirect_uris: ['https://evil.example/cb'] });
    expect((await open()).find('shop')?.redirectUris).toEqual(redirect_uris);
  });

  it('leaves out a row that nobody can read, says so, and goes on', async () => {
    await add('broken', { redirect_uris: 'no list' });
    await add('fine', { redirect_uris });
    const registry = await open();
    expect([registry.find('broken'), registry.find('fine')?.clientId]).toEqual([undefined, 'fine']);
    expect(events.at(-1)).toMatchObject({
      type: 'config.warned',
      message: expect.stringMatching(/client broken can't be used/),
    });
  });

  it('U-11 shows the id of a client that an earlier release stored with a name nobody can read', async () => {
    await add('turned', { redirect_uris, client_name: 'Files \u202e' });
    expect((await open()).find('turned')?.name).toBe('turned');
  });

  it('never calls a client without a use for a secret by one', async () => {
    await add('native', { application_type: 'native', token_endpoint_auth_method: 'none' });
    expect((await open()).find('native')?.secretHash).toBeUndefined();
  });

  describe('of an audience', () => {
    const audiences = ['https://wiki.example/api'];

    it('finds the one client that stands for it, in the file or stored, and never one that may only call it', async () => {
      await add('reader', { redirect_uris, resources: audiences, audiences: [] });
      await add('wiki', { redirect_uris, audiences });
      const registry = await open();
      expect(registry.findClientOfAudience('https://shop.example/api')?.clientId).toBe('shop');
      expect(registry.findClientOfAudience('https://wiki.example/api')?.clientId).toBe('wiki');
      for (const audience of ['https://blog.example/api', '__proto__', '', 'shop'])
        expect(registry.findClientOfAudience(audience)).toBeUndefined();
      await store.removeClient('wiki', 1);
      await registry.reload();
      expect(registry.findClientOfAudience('https://wiki.example/api')).toBeUndefined();
    });

    it('finds nobody for the provider itself', async () => {
      await add('greedy', { redirect_uris, audiences: [ISSUER] });
      expect((await open()).findClientOfAudience(ISSUER)).toBeUndefined();
      const greedy = parseClients([
        { client_id: 'greedy', client_secret: 'x'.repeat(16), audiences: [ISSUER] },
      ]);
      const opening = openClientDirectory({ issuer: ISSUER, fileClients: greedy, store, observe });
      await expect(opening).rejects.toThrow(`The client "greedy" can't stand for ${ISSUER}`);
    });

    it('T-41 does not start where a client of the file and a stored one stand for it, and names both', async () => {
      await add('thief', { redirect_uris, audiences: ['https://shop.example/api'] });
      await expect(open()).rejects.toThrow(
        'Both "shop" and "thief" would stand for the audience "https://shop.example/api"',
      );
      await store.removeClient('thief', 1);
    });

    it('goes on with the client of the file where a second one was stored since, and says so', async () => {
      const registry = await open();
      await add('thief', { redirect_uris, audiences: ['https://shop.example/api'] });
      await registry.reload();
      expect(registry.findClientOfAudience('https://shop.example/api')?.clientId).toBe('shop');
      expect(events.at(-1)).toMatchObject({
        type: 'config.warned',
        message: expect.stringMatching(/"shop" and "thief"/),
      });
      await store.removeClient('thief', 1);
    });

    it('is no client that was stored before it could be said; the start names each once', async () => {
      await add('old', { redirect_uris, resources: ['https://old.example/api'] });
      await add('silent', { redirect_uris });
      events.length = 0;
      const registry = await open();
      expect(registry.findClientOfAudience('https://old.example/api')).toBeUndefined();
      await rotate('fine', 'another', 3);
      await registry.reload();
      const named = events.filter(
        (event) => event.type === 'config.warned' && /stands for no API/.test(event.message),
      );
      expect(named).toEqual([
        { type: 'config.warned', message: expect.stringMatching(/stored client old stands for no API/) },
      ]);
      await store.setClientAudiences('old', []);
      events.length = 0;
      await open();
      expect(events.filter((event) => /client old/.test(JSON.stringify(event)))).toEqual([]);
    });
  });
});
