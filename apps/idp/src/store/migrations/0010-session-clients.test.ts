import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEarlierRelease } from '../../../test/earlier-release.ts';
import { NOW } from '../../../test/store-samples.ts';
import { hasPostgres, startPostgres, type ThrowawayPostgres } from '../../../test/throwaway-postgres.ts';
import { openStore } from '../open-store.ts';

const grant = {
  sub: 'sub-ada',
  scope: '[]',
  resources: '[]',
  details: '{}',
  arrival: 0,
  code_expires_at: NOW + 60,
  expires_at: NOW + 3600,
};

/** A session of the release before, in which two clients had redeemed codes. */
async function writeSession(url: string): Promise<void> {
  const db = await openEarlierRelease(url, '0010');
  const session = { sub: 'sub-ada', auth_time: NOW, acr: 'pwd', amr: '[]', expires_at: NOW + 3600 };
  await db
    .insertInto('sessions')
    .values({ ...session, sid: 'alive', cookie_hash: 'hash' })
    .execute();
  const rows = [
    { id: 'a', client_id: 'shop', sid: 'alive', code_consumed_at: NOW },
    { id: 'b', client_id: 'shop', sid: 'alive', code_consumed_at: NOW + 5 },
    { id: 'c', client_id: 'blog', sid: 'alive', code_consumed_at: NOW },
    { id: 'd', client_id: 'wiki', sid: 'alive', code_consumed_at: null },
    { id: 'e', client_id: 'gone', sid: 'alive', code_consumed_at: NOW, revoked_at: NOW },
    { id: 'f', client_id: 'shop', sid: 'ended', code_consumed_at: NOW },
  ];
  await db
    .insertInto('grants')
    .values(rows.map((row) => ({ ...grant, code_hash: row.id, ...row })))
    .execute();
  await db.destroy();
}

/** What its clients know the session by once the database was opened by this release. */
async function openSession(url: string) {
  await writeSession(url);
  const store = await openStore(url);
  const sidOf = (clientId: string, sessionId = 'alive') => store.findClientSid(sessionId, clientId, NOW);
  const known = {
    shop: await sidOf('shop'),
    blog: await sidOf('blog'),
    wiki: await sidOf('wiki'),
    gone: await sidOf('gone'),
    ofEnded: await sidOf('shop', 'ended'),
  };
  const reach = { sessionId: 'alive', grantId: 'a', clientId: 'shop', audienceClientId: 'wiki' };
  const reached = await store.reachClients(reach, () => 'new', NOW);
  await store.close();
  return { known, reached };
}

/** Those that had redeemed a code go on as they were, and one that comes later gets a name of its own. */
const GOES_ON = {
  known: { shop: 'alive', blog: 'alive', wiki: undefined, gone: undefined, ofEnded: undefined },
  reached: {
    ofClient: 'alive',
    ofAudience: 'new',
    added: [{ sessionId: 'alive', clientId: 'wiki', sid: 'new' }],
  },
};

describe('a session that was opened before each client had its own sid goes on', () => {
  let folder: string;
  let server: ThrowawayPostgres | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-session-clients-'));
    server = hasPostgres ? await startPostgres() : undefined;
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await server?.[Symbol.asyncDispose]();
  });

  it('on SQLite', async () => {
    expect(await openSession(`file:${join(folder, 'idp.sqlite')}`)).toEqual(GOES_ON);
  });
  it.skipIf(!hasPostgres)('on PostgreSQL', async () => {
    expect(await openSession(server?.url ?? '')).toEqual(GOES_ON);
  });
});
