import Sqlite from 'better-sqlite3';

/** The sites' migrations as they ran before the tables came from `sqlTables`, by their names. History: never edit them. */
const authSteps = {
  '003-revocations': [
    'create table "revocations" ("issuer" text not null, "kind" text not null, "subject" text not null, "at" integer not null, "until" integer not null, constraint "revocations_subject" primary key ("issuer", "kind", "subject"))',
  ],
  '004-spent': [
    'create table "spent" ("key" text primary key, "until" integer not null)',
    'create index "spent_until" on "spent" ("until")',
    'create index "revocations_until" on "revocations" ("until")',
  ],
  '005-sealed': [
    'create table "sealed" ("id" text primary key, "value" text not null, "until" integer not null)',
    'create index "sealed_until" on "sealed" ("until")',
  ],
} as const;

/** The tables in which Kysely's migrator keeps what has run. */
const migratorTables = [
  'create table "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null)',
  'create table "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null)',
  `insert into kysely_migration_lock values ('migration_lock', 0)`,
];

export interface EarlierDatabase {
  /** The site's own first steps as they were, each a list of SQL statements. */
  readonly ownSteps: Readonly<Record<string, readonly string[]>>;
  /** The last of the steps that this database has seen. Default: `005-sealed`, all of them. */
  readonly lastStep?: keyof typeof authSteps;
  /** Statements that fill the tables. */
  readonly rows?: readonly string[];
}

/** Writes a database file as a site made it before its tables came from `sqlTables`. */
export function writeEarlierDatabase(file: string, options: EarlierDatabase): void {
  const { ownSteps, lastStep = '005-sealed', rows = [] } = options;
  const database = new Sqlite(file);
  for (const statement of migratorTables) database.exec(statement);
  const record = database.prepare('insert into kysely_migration values (?, ?)');
  for (const [name, statements] of Object.entries({ ...ownSteps, ...authSteps })) {
    if (name > lastStep) break;
    for (const statement of statements) database.exec(statement);
    record.run(name, '2026-10-01T12:00:00.000Z');
  }
  for (const statement of rows) database.exec(statement);
  database.close();
}

/** Everything in a database file: the definition and the rows of each table, and the definition of each index. */
export function describeDatabase(file: string): unknown {
  const database = new Sqlite(file, { readonly: true });
  const definitions = database.prepare<[], Definition>('select type, name, sql from sqlite_master').all();
  const description = definitions.map(({ type, name, sql }) => ({
    name,
    sql,
    rows: type === 'table' ? database.prepare(`select * from "${name}"`).all() : [],
  }));
  database.close();
  return description;
}

/** The rows of each table but those of Kysely's migrator. */
export function rowsIn(file: string): Readonly<Record<string, readonly unknown[]>> {
  const database = new Sqlite(file, { readonly: true });
  const tables = database
    .prepare<[], Pick<Definition, 'name'>>(
      "select name from sqlite_master where type = 'table' and name not like 'kysely%'",
    )
    .all();
  const rows = tables.map(({ name }) => [name, database.prepare(`select * from "${name}"`).all()] as const);
  database.close();
  return Object.fromEntries(rows);
}

interface Definition {
  readonly type: string;
  readonly name: string;
  readonly sql: string | null;
}
