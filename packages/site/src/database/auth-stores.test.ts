import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqlStores, type RevocationStore } from '@sso/auth/session';
import { createTestClock, revocationContract, spentContract } from '@sso/auth/testing';
import { sql } from 'kysely';
import { afterAll, describe, expect, it } from 'vitest';
import { writeEarlierDatabase } from '../testing/index.ts';
import { authMigrations } from './auth-migrations.ts';
import { createAuthStores } from './auth-stores.ts';
import { openSiteDatabase } from './open-site-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'stores-'));
afterAll(() => rmSync(folder, { recursive: true }));

const earlierFile = join(folder, 'earlier.sqlite');
writeEarlierDatabase(earlierFile, { ownSteps: {} });

const databases = [
  ['a new database', await openSiteDatabase({ site: 'shop', file: ':memory:', migrations: authMigrations })],
  [
    'a database of an earlier release',
    await openSiteDatabase({ site: 'shop', file: earlierFile, migrations: authMigrations }),
  ],
] as const;
afterAll(() => Promise.all(databases.map(([, database]) => database.destroy())));

const isRevoked = ({ isRevoked: ask }: RevocationStore) =>
  ask({ issuer: 'https://id.example', sid: 'one', id: 'two', sub: 'three', issuedAt: 1 });
const findSince = async ({ findSince: ask }: RevocationStore) => ask?.(1);

describe.each(databases)('the stores in %s:', (_which, database) => {
  const clock = createTestClock();
  const { revocations, spent, refreshes } = createAuthStores(async () => database, clock);

  it.each(revocationContract)('ended sessions %s', async (_what, prove) =>
    expect(prove(revocations, clock)).resolves.toBeUndefined(),
  );

  it.each(spentContract)('used answers %s', async (_what, prove) =>
    expect(prove(spent, clock)).resolves.toBeUndefined(),
  );

  it.each([
    [
      'one session',
      [
        'sqlite_autoindex_revocations_1 (issuer=? AND kind=? AND subject=?)',
        'sqlite_autoindex_permission_changes_1 (issuer=? AND sub=?)',
      ],
      isRevoked,
    ],
    [
      'what was revoked lately',
      ['revocations_noted (noted>?)', 'permission_changes_noted (noted>?)'],
      findSince,
    ],
  ])('asks about %s by the indexes %s', async (_what, indexes, ask) => {
    const plans: unknown[] = [];
    const stores = createSqlStores(async (text, ...values) => {
      const { rows } = await sql`explain query plan ${sql(text, ...values)}`.execute(database);
      plans.push(...rows);
      return [];
    });
    await ask(stores.revocations);
    const searches = plans.map((plan) => JSON.stringify(plan)).filter((plan) => /SEARCH|SCAN/.test(plan));
    expect(searches).toEqual(indexes.map((index) => expect.stringContaining(index)));
  });

  it('F-14 ended sessions leave no row behind', async () => {
    const row = { issuer: 'https://id.example', at: clock() };
    await revocations.revoke({ ...row, sid: 'old', until: clock() + 1 });
    clock.advance(1);
    await revocations.revoke({ ...row, sid: 'new', until: clock() + 1 });
    const { rows } = await sql`select subject from revocations where subject = 'old'`.execute(database);
    expect(rows).toEqual([]);
  });

  it('F-14 changed permissions leave no row behind', async () => {
    const change = { issuer: 'https://id.example', at: clock() };
    await revocations.changePermissions?.({ ...change, sub: 'old', until: clock() + 1 });
    clock.advance(1);
    await revocations.changePermissions?.({ ...change, sub: 'new', until: clock() + 1 });
    const { rows } = await sql`select sub from permission_changes where sub = 'old'`.execute(database);
    expect(rows).toEqual([]);
  });

  it('F-14 used answers leave no row behind', async () => {
    await spent.consume('old', clock() + 1);
    clock.advance(1);
    await spent.consume('new', clock() + 1);
    const { rows } = await sql`select key from spent where key = 'old'`.execute(database);
    expect(rows).toEqual([]);
  });

  it('K-03 settled refreshes are found by whichever process looks, and F-14 leave no row behind', async () => {
    await refreshes.save('old', 'ended', 1);
    expect(await refreshes.find('old')).toBe('ended');
    clock.advance(1);
    expect(await refreshes.find('old')).toBeUndefined();
    await refreshes.save('new', 'ended', 1);
    const { rows } = await sql`select id from sealed`.execute(database);
    expect(rows).toEqual([{ id: 'new' }]);
  });
});
