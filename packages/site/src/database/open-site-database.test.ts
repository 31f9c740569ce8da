import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterAll, describe, expect, it } from 'vitest';
import { describeDatabase, writeEarlierDatabase } from '../testing/index.ts';
import { authMigrations } from './auth-migrations.ts';
import { openSiteDatabase } from './open-site-database.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'site-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ownStep = ['create table "things" ("name" text primary key)', `insert into things values ('first')`];
const ownMigration: Migration = {
  async up(database) {
    await sql.raw(ownStep[0] ?? '').execute(database);
    await sql.raw(ownStep[1] ?? '').execute(database);
  },
};
const migrations = { '001-things': ownMigration, ...authMigrations };
const open = (file: string) => openSiteDatabase({ site: 'shop', file, migrations });

describe("a site's database", () => {
  it('is filled once, and keeps what happened since', async () => {
    const file = join(folder, 'kept.sqlite');
    const first = await open(file);
    await sql`delete from things`.execute(first);
    await first.destroy();
    const second = await open(file);
    expect((await sql`select * from things`.execute(second)).rows).toEqual([]);
    await second.destroy();
  });

  it('runs a step that came later, though its name stands before those that have run', async () => {
    const file = join(folder, 'late.sqlite');
    await (await open(file)).destroy();
    const late: Migration = {
      up: async (database) => void (await sql`insert into things values ('late')`.execute(database)),
    };
    const database = await openSiteDatabase({
      site: 'shop',
      file,
      migrations: { ...migrations, '002-late': late },
    });
    expect((await sql`select * from things`.execute(database)).rows).toContainEqual({ name: 'late' });
    await database.destroy();
  });

  // It starts Node three times, which takes as long as the machine is busy.
  it('F-16 is filled once when three processes open an empty file', { timeout: 60_000 }, async () => {
    const file = join(folder, 'together.sqlite');
    const source = new URL('open-site-database.ts', import.meta.url).href;
    const program = `const { openSiteDatabase } = await import(${JSON.stringify(source)});
      const { sql } = await import('kysely');
      const up = async (database) => {
        await sql.raw(${JSON.stringify(ownStep[0])}).execute(database);
        await sql.raw(${JSON.stringify(ownStep[1])}).execute(database);
      };
      const file = ${JSON.stringify(file)};
      const database = await openSiteDatabase({ site: 'shop', file, migrations: { '001-things': { up } } });
      console.log((await sql\`select * from things\`.execute(database)).rows.length);`;
    const cwd = new URL('.', import.meta.url);
    const answers = await Promise.all(
      [1, 2, 3].map(() => run(process.execPath, ['--input-type=module', '-e', program], { cwd })),
    );
    expect(answers.map(({ stdout }) => stdout.trim())).toEqual(['1', '1', '1']);
  });

  it('F-11 a file that is no database is refused, and the message names it', async () => {
    const file = join(folder, 'broken.sqlite');
    writeFileSync(file, 'this is a shopping list, not a database');
    await expect(open(file)).rejects.toThrow(
      /^The shop's database .*broken\.sqlite could not be brought up to date\.$/,
    );
  });
});

/** Each column and index of a database, by name. */
async function shapeOf(file: string) {
  const database = await open(file);
  const { rows } = await sql`select "table".name as "table", "column".name as "column"
    from sqlite_master as "table" left join pragma_table_info("table".name) as "column"
    where "table".sql is not null and "table".name not like 'kysely%' order by 1, 2`.execute(database);
  await database.destroy();
  return rows;
}

describe('a database of an earlier release', () => {
  const earlier = { ownSteps: { '001-things': ownStep } };

  it.each(['003-revocations', '004-spent', '005-sealed'] as const)(
    'that ends at %s keeps its rows and gets what is missing',
    async (lastStep) => {
      const file = join(folder, `${lastStep}.sqlite`);
      const row = `insert into revocations values ('https://idp.example', 'sid', 'one', 1, 4102444800)`;
      writeEarlierDatabase(file, { ...earlier, lastStep, rows: [row] });
      const database = await open(file);
      const { rows } = await sql`select subject, noted from revocations`.execute(database);
      expect(rows).toEqual([{ subject: 'one', noted: 0 }]);
      await database.destroy();
      expect(await shapeOf(file)).toEqual(await shapeOf(join(folder, `new-${lastStep}.sqlite`)));
    },
  );

  it('opens unchanged the second time', async () => {
    const file = join(folder, 'earlier.sqlite');
    writeEarlierDatabase(file, { ...earlier, rows: [`insert into spent values ('used', 4102444800)`] });
    await (await open(file)).destroy();
    const before = describeDatabase(file);
    await (await open(file)).destroy();
    expect(describeDatabase(file)).toEqual(before);
  });
});
