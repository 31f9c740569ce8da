import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEarlierRelease } from '../../../test/earlier-release.ts';
import { NOW } from '../../../test/store-samples.ts';
import { hasPostgres, startPostgres, type ThrowawayPostgres } from '../../../test/throwaway-postgres.ts';
import { STAGES } from '../interaction-stages.ts';
import { openStore } from '../open-store.ts';

const END = `$${'c'.repeat(22)}$${'d'.repeat(43)}`;
const COSTS = ['$argon2id$v=19$m=19456,t=2,p=1', '$argon2id$v=19$m=65536,t=3,p=1'];

/** A request that waits, a grant whose code nobody has redeemed, and people, as releases without bounds left them. */
async function writeEarlier(url: string): Promise<void> {
  const db = await openEarlierRelease(url, '0008');
  const request = JSON.stringify({ kind: 'sign-out', hintedSids: [] });
  await sql`insert into interactions (id, pending, expires_at) values ('waiting', ${request}, ${NOW + 60})`.execute(
    db,
  );
  await sql`insert into grants (id, client_id, sub, sid, scope, resources, details, code_hash, code_expires_at, expires_at)
    values ('grant', 'shop', 'sub-0', 'sid', '[]', '[]', '{}', 'code', ${NOW + 60}, ${NOW + 3600})`.execute(
    db,
  );
  for (const [index, cost] of [COSTS[0], COSTS[1], COSTS[0]].entries())
    await sql`insert into people (sub, username, password_hash, roles, claims, created_at, updated_at)
      values (${`sub-${index}`}, ${`name-${index}`}, ${`${cost}${END}`}, '[]', '{}', ${NOW}, ${NOW})`.execute(
      db,
    );
  await db.destroy();
}

/** What becomes of them once the database was opened by this release. */
async function openEarlier(url: string) {
  await writeEarlier(url);
  const store = await openStore(url);
  const costs = await store.listPasswordCosts();
  const waiting = await store.findInteraction('waiting', NOW);
  await store.recordOpened('waiting', false);
  const opened = await store.findInteraction('waiting', NOW);
  const everything = { budget: 'network', from: STAGES.unopened, to: STAGES.answered, most: 0 };
  const displaced = await store.displaceInteractions(everything);
  while ((await store.sweep(NOW + 60)) > 0);
  const left = await store.findIssuedCode('grant');
  await store.close();
  return { costs, waiting: waiting?.isOpened, opened: opened?.isOpened, displaced, left };
}

/** They go on as they were, count for no bound, and leave at their time. */
const GOES_ON = { costs: COSTS, waiting: false, opened: true, displaced: 0, left: undefined };

describe('F-14 U-01 what waited before there were bounds goes on', () => {
  let folder: string;
  let server: ThrowawayPostgres | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-bounded-rows-'));
    server = hasPostgres ? await startPostgres() : undefined;
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await server?.[Symbol.asyncDispose]();
  });

  it('on SQLite', async () => {
    expect(await openEarlier(`file:${join(folder, 'idp.sqlite')}`)).toEqual(GOES_ON);
  });
  it.skipIf(!hasPostgres)('on PostgreSQL', async () => {
    expect(await openEarlier(server?.url ?? '')).toEqual(GOES_ON);
  });
});
