import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Kysely, sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqliteDialect, findOutageCode, isLocked } from './index.ts';

const caught = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

const folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Schema {
  things: { name: string };
}

describe('a SQLite file', () => {
  let database: Kysely<Schema>;
  /** A second connection stands for another process: SQLite locks the file between them just the same. */
  let other: BetterSqlite.Database;
  let files = 0;
  beforeEach(async () => {
    const path = join(folder, `${(files += 1)}.sqlite`);
    database = open(path, 60);
    await sql`create table things (name text primary key)`.execute(database);
    other = new BetterSqlite(path, { timeout: 0 });
  });
  afterEach(async () => {
    await database.destroy();
    other.close();
  });

  const open = (path: string, lockWaitSeconds: number) =>
    new Kysely<Schema>({ dialect: createSqliteDialect({ path, lockWaitSeconds }) });
  const add = (name: string, db = database) => db.insertInto('things').values({ name }).execute();
  const names = async (db = database) =>
    (await db.selectFrom('things').select('name').orderBy('name').execute()).map(({ name }) => name);

  it('F-17 is written as soon as another process lets it go, and read meanwhile', async () => {
    other.exec('begin immediate');
    const events: string[] = [];
    const written = add('late').then(() => events.push('written'));
    await names();
    events.push('read');
    await new Promise((resolve) => setImmediate(resolve));
    events.push('other work');
    other.exec('commit');
    events.push('let go');
    await written;
    expect(events).toEqual(['read', 'other work', 'let go', 'written']);
  });

  it('is written in the order in which it was asked for', async () => {
    other.exec('begin immediate');
    const events: string[] = [];
    const all = ['one', 'two', 'three'].map((name) => add(name).then(() => events.push(name)));
    other.exec('commit');
    await Promise.all(all);
    expect(events).toEqual(['one', 'two', 'three']);
  });

  it('F-17 that stays locked fails all who wait, and works again when it is free', async () => {
    const impatient = open(other.name, 0);
    other.exec('begin immediate');
    const outcomes = await Promise.allSettled([
      add('one', impatient),
      add('two', impatient),
      impatient.transaction().execute((inside) => add('three', inside)),
    ]);
    const errors = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : undefined));
    expect(errors.map(isLocked)).toEqual([true, true, true]);
    expect(errors.map(findOutageCode)).toEqual(['SQLITE_BUSY', 'SQLITE_BUSY', 'SQLITE_BUSY']);
    other.exec('commit');
    await add('four', impatient);
    expect(await names(impatient)).toEqual(['four']);
    await impatient.destroy();
  });

  it('lets a transaction read, be overtaken by nobody, and write', async () => {
    const counted = Array.from({ length: 5 }, () =>
      database.transaction().execute(async (inside) => {
        const known = await names(inside);
        await add(`thing ${known.length}`, inside);
      }),
    );
    await Promise.all(counted);
    expect(await names()).toEqual(['thing 0', 'thing 1', 'thing 2', 'thing 3', 'thing 4']);
  });

  it('shows nobody what a transaction may yet take back, and gives the turn on when it does', async () => {
    const begun = Promise.withResolvers<void>();
    const failed = database.transaction().execute(async (inside) => {
      await add('taken back', inside);
      begun.resolve();
      await names(inside);
      throw new Error('changed my mind');
    });
    await begun.promise;
    const seen = names();
    const next = add('next');
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await seen).toEqual([]);
    await next;
    expect(await names()).toEqual(['next']);
  });

  it('F-18 flushes every commit, so that a loss of power takes none back', async () => {
    expect((await sql`pragma synchronous`.execute(database)).rows).toEqual([{ synchronous: 2 }]);
    expect((await sql`pragma journal_mode`.execute(database)).rows).toEqual([{ journal_mode: 'wal' }]);
  });

  it('says of a wrong statement what is wrong, once', async () => {
    const wrong = sql`insert into missing values (1)`.execute(database);
    await expect(wrong).rejects.toThrow('no such table: missing');
    await expect(add('one').then(() => add('one'))).rejects.toThrow('UNIQUE constraint failed');
    const mistakes = await Promise.all([caught(wrong), caught(add('one'))]);
    expect(mistakes.map(findOutageCode)).toEqual([undefined, undefined]);
  });
});

it.each([
  ['whose folder is not there', join(folder, 'missing', 'some.sqlite')],
  ['in whose place a folder stands', folder],
])('F-17 a SQLite file %s is an outage, by whatever error it is wrapped', async (_what, path) => {
  const database = new Kysely<Schema>({ dialect: createSqliteDialect({ path }) });
  const cause = await caught(sql`select 1`.execute(database));
  expect(findOutageCode(new Error('wrapped', { cause }))).toBe('SQLITE_CANTOPEN');
  await database.destroy();
});
