import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEarlierRelease } from '../../../test/earlier-release.ts';
import { NOW } from '../../../test/store-samples.ts';
import { hasPostgres, startPostgres, type ThrowawayPostgres } from '../../../test/throwaway-postgres.ts';
import { openStore } from '../index.ts';

/** A client of the release before. */
async function writeClient(url: string): Promise<void> {
  const db = await openEarlierRelease(url, '0011');
  await sql`insert into clients (client_id, registration, secret_hash, created_at, updated_at)
    values ('wiki', '{"client_name":"The wiki"}', 'hash', ${NOW}, ${NOW})`.execute(db);
  await db.destroy();
}

const WIKI = {
  clientId: 'wiki',
  registration: { client_name: 'The wiki' },
  secretHash: 'hash',
  previousSecret: undefined,
  registrationTokenHash: undefined,
  createdAt: NOW,
  updatedAt: NOW,
};

/** Shows that the client is found as before, also by whoever knows of no version yet. */
async function proveThatItStays(url: string): Promise<void> {
  await writeClient(url);
  const store = await openStore(url);
  expect(await store.listClientsSince(-1)).toEqual([WIKI]);
  expect(await store.findStoredClient('wiki')).toEqual(WIKI);
  expect(
    await store.replaceClientSecret({ clientId: 'wiki', secretHash: 'other', overlapUntil: undefined }, NOW),
  ).toBe(true);
  expect(await store.listClientsSince(0)).toHaveLength(1);
  await store.close();
}

describe('a client of an earlier release stays', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-earlier-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('on SQLite', async () => {
    await expect(proveThatItStays(`file:${join(folder, 'idp.sqlite')}`)).resolves.toBeUndefined();
  });
});

describe.skipIf(!hasPostgres)('a client of an earlier release stays', () => {
  let server: ThrowawayPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('on PostgreSQL', async () => {
    await expect(proveThatItStays(server.url)).resolves.toBeUndefined();
  });
});
