import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../events/provider-event.ts';
import { openStore, type Store } from '../store/index.ts';
import { parseClients } from './clients-file.ts';
import { openClientDirectory } from './client-directory.ts';

const redirect_uris = ['https://shop.example/cb'];
const fileClients = parseClients([
  { client_id: 'shop', client_secret: 'shop-secret-0123456789', redirect_uris },
]);

describe('the registry', () => {
  let store: Store;
  const events: ProviderEvent[] = [];
  beforeAll(async () => {
    store = await openStore('file::memory:');
  });
  afterAll(() => store.close());

  const open = () => openClientDirectory({ fileClients, store, observe: (event) => void events.push(event) });
  const add = (clientId: string, registration: object) =>
    store.addClient({ clientId, registration: { ...registration }, secretHash: 'hash' }, 1);

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
    await store.replaceClientSecret('wiki', 'other', 2);
    await registry.reload();
    expect(registry.find('wiki')?.secretHash).toBe('other');
    await store.removeClient('wiki');
    await registry.reload();
    expect(registry.list().map(({ clientId }) => clientId)).toEqual(['shop']);
  });

  it('reads nothing while nothing changes', async () => {
    let read = 0;
    const counting = {
      findClientsVersion: () => store.findClientsVersion(),
      listClients: () => {
        read += 1;
        return store.listClients();
      },
    };
    const registry = await openClientDirectory({ fileClients, store: counting, observe: () => undefined });
    await registry.reload();
    await registry.reload();
    expect(read).toBe(1);
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
});
