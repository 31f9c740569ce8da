import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NOW, personOf } from '../../test/store-samples.ts';
import { openTestProvider } from '../../test/test-provider.ts';
import { openStore, type Store } from '../store/index.ts';
import { openDatabase } from '../store/open-database.ts';
import { refuseSharedSubjects } from './subject-collisions.ts';

const client = (clientId: string) => ({ clientId });
const person = (sub?: string) => ({ username: 'ada', sub });
const registration = { redirect_uris: ['https://wiki.example/cb'] };

describe('ASVS 10.3.3 a person and a client', () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore('file::memory:');
    await store.addClient({ clientId: 'wiki', registration, secretHash: undefined }, NOW);
    await store.addPerson({ ...personOf(), username: 'ben', sub: 'sub-ben' }, NOW);
    return () => store.close();
  });

  it.each([
    [
      'a client of CLIENTS_FILE',
      [client('shop')],
      [person('shop')],
      /sub of "ada" is the id of the client "shop"/,
    ],
    ['a client that was added since', [], [person('wiki')], /sub of "ada" is the id of the client "wiki"/],
    [
      'a person who is there already',
      [client('sub-ben')],
      [],
      /client "sub-ben" would share .* sub of "ben"/,
    ],
  ])('can’t start with the sub of %s', async (_what, clients, entries, message) => {
    await expect(refuseSharedSubjects(store, clients, entries)).rejects.toThrow(message);
  });

  it('can’t start with those that an earlier release stored, until one of them is removed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'idp-shared-'));
    const url = `file:${join(folder, 'idp.sqlite')}`;
    const earlier = await openStore(url);
    await earlier.addPerson({ ...personOf(), username: 'eve', sub: 'job' }, NOW);
    await earlier.close();
    const db = openDatabase(url);
    const row = { client_id: 'job', registration: '{}', created_at: NOW, updated_at: NOW, version: 1 };
    await db.insertInto('clients').values(row).execute();
    await db.destroy();
    const reopened = await openStore(url);
    const refuse = () => refuseSharedSubjects(reopened, [], []);
    await expect(refuse()).rejects.toThrow(/clients remove job, or pnpm idp users remove eve/);
    await reopened.removeClient('job', 1);
    await expect(refuse()).resolves.toBeUndefined();
    await reopened.close();
    await rm(folder, { recursive: true });
  });

  it('may have every other name', async () => {
    const clients = [client('ada'), client('ben'), client('shop')];
    await expect(refuseSharedSubjects(store, clients, [person(), person('SHOP')])).resolves.toBeUndefined();
  });
});

describe('ASVS 10.3.3 the provider', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-subjects-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('does not start where a client of CLIENTS_FILE has the sub of somebody, and stores nobody', async () => {
    const url = `file:${join(folder, 'idp.sqlite')}`;
    const store = await openStore(url);
    await store.addPerson({ ...personOf(), username: 'eve', sub: 'shop' }, NOW);
    await expect(openTestProvider({ DATABASE_URL: url })).rejects.toThrow('The client "shop" would share');
    expect(await store.listPeople()).toHaveLength(1);
    await store.close();
  });
});
