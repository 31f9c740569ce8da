import { mkdtempSync, rmSync, statSync } from 'node:fs';
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

/** A page and its header. */
const WAL_FRAME_BYTES = 4096 + 24;

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

  it('F-18 commits what is written in one turn of the event loop together', async () => {
    const framesOf = async (work: () => Promise<unknown>) => {
      const before = statSync(`${other.name}-wal`).size;
      await work();
      return (statSync(`${other.name}-wal`).size - before) / WAL_FRAME_BYTES;
    };
    await add('first');
    const eight = () => Promise.all(Array.from({ length: 8 }, (_, index) => add(`thing ${index}`)));
    const alone = await framesOf(() => add('alone'));
    expect(alone).toBeGreaterThan(0);
    expect(await framesOf(eight)).toBe(alone);
    expect(other.prepare('select count(*) as n from things').get()).toEqual({ n: 10 });
  });

  it('F-18 lets each of the writes that share a commit decide alone: one that fails takes none along', async () => {
    const outcomes = await Promise.allSettled(['one', 'two', 'one', 'three'].map((name) => add(name)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await names()).toEqual(['one', 'three', 'two']);
  });

  it('F-18 gives a change that only one may make to one of those who ask for it in the same turn', async () => {
    await add('code');
    const consume = database.deleteFrom('things').where('name', '=', 'code').returning('name');
    const taken = await Promise.all([consume.execute(), consume.execute(), consume.execute()]);
    expect(taken.map(({ length }) => length)).toEqual([1, 0, 0]);
  });

  it('F-18 lets a write that comes with a transaction wait for it, and share no commit with it', async () => {
    const outcomes = await Promise.allSettled([
      database.transaction().execute(async (inside) => {
        await add('inside', inside);
        throw new Error('changed my mind');
      }),
      add('beside'),
      add('also beside'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await names()).toEqual(['also beside', 'beside']);
  });

  it('F-17 tries writes one by one where a fault takes back what they share, so that each hears its own outcome', async () => {
    // SQLite rolls back the whole transaction here, as it does when the disk is full.
    await sql`create trigger full before insert on things when new.name = 'too much'
      begin select raise(rollback, 'disk full'); end`.execute(database);
    const outcomes = await Promise.allSettled(['one', 'two', 'too much', 'three'].map((name) => add(name)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await names()).toEqual(['one', 'three', 'two']);
  });

  it('is closed after what was asked for before', async () => {
    const closing = open(other.name, 60);
    const written = add('last', closing);
    await names(closing);
    await closing.destroy();
    await written;
    expect(await names()).toEqual(['last']);
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
