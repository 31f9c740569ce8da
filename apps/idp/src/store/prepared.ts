import {
  type Compilable,
  type CompiledQuery,
  type Kysely,
  PostgresAdapter,
  type QueryResult,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
} from 'kysely';
import type { Schema } from './schema.ts';

export type Database = Kysely<Schema>;

/**
 * Lets a row be added only while another one is as the query says, whatever runs at the same time. PostgreSQL locks that
 * row: whoever changes it waits until the new row can be seen, or came first, and then the query finds nothing. SQLite
 * has one writer at a time.
 */
export function lockingRow<T extends keyof Schema, O>(
  db: Database,
  query: SelectQueryBuilder<Schema, T, O>,
): SelectQueryBuilder<Schema, T, O> {
  return isPostgres(db) ? query.forShare() : query;
}

/** Changes rows one after the other, in the order of the query, so that no two nodes wait for each other. */
export function lockingRows<T extends keyof Schema, O>(
  db: Database,
  query: SelectQueryBuilder<Schema, T, O>,
): SelectQueryBuilder<Schema, T, O> {
  return isPostgres(db) ? query.forUpdate() : query;
}

/** Leaves rows out that another node is changing or deleting, instead of waiting for it. SQLite has one writer at a time. */
export function skippingLocked<T extends keyof Schema, O>(
  db: Database,
  query: SelectQueryBuilder<Schema, T, O>,
): SelectQueryBuilder<Schema, T, O> {
  return isPostgres(db) ? query.forUpdate().skipLocked() : query;
}

/** The same as the end of a query in text. */
export function skipLocked(db: Database): RawBuilder<unknown> {
  return isPostgres(db) ? sql`for update skip locked` : sql``;
}

function isPostgres(db: Database): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * Lets one transaction at a time change the keys of an algorithm, or all keys. Statements after it see what an earlier
 * one left. SQLite has one writer at a time anyway.
 */
export async function lockSigningKeys(db: Database, alg?: string): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  const keys = db.selectFrom('signing_keys').select('kid').orderBy('kid').forUpdate();
  await keys.$if(alg !== undefined, (all) => all.where('alg', '=', alg ?? '')).execute();
}

/** A bound text among the columns of a query, where PostgreSQL can't tell its type. */
export function textValue<V extends string | null>(value: V): RawBuilder<V> {
  return sql<V>`cast(${value} as text)`;
}

/** The same for a number. */
export function numberValue<V extends number | null>(value: V): RawBuilder<V> {
  return sql<V>`cast(${value} as bigint)`;
}

const NAME = Symbol('parameter');

interface Placeholder {
  readonly [NAME]: string;
}

/** Stands for a value that each call of a prepared query binds. */
export type Bind<P> = <K extends keyof P & string>(name: K) => P[K];

/**
 * Compiles a query once and returns a function that only binds its values: building and compiling is what a
 * query builder costs, and the verbs of the protocol's hot path run thousands of times a second.
 *
 * @example
 * ```ts
 * const find = prepare<{ sid: string }, SessionRow>(db, (bind) =>
 *   db.selectFrom('sessions').selectAll().where('sid', '=', bind('sid')));
 * const { rows } = await find({ sid });
 * ```
 */
export function prepare<P extends object, R>(
  db: Database,
  build: (bind: Bind<P>) => Compilable<R>,
): (values: P) => Promise<QueryResult<R>> {
  let compiled: CompiledQuery<R> | undefined;
  return (values) => {
    compiled ??= build(placeholder).compile();
    const parameters = compiled.parameters.map((value) =>
      isPlaceholder(value) ? read(values, value[NAME]) : value,
    );
    return db.executeQuery({ ...compiled, parameters });
  };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the builder only carries the value through to the compiled query's parameters, so a marker may wear its type
const placeholder: Bind<never> = (name) => ({ [NAME]: name }) as never;

function isPlaceholder(value: unknown): value is Placeholder {
  return typeof value === 'object' && value !== null && NAME in value;
}

function read(values: object, name: string): unknown {
  const value: unknown = Reflect.get(values, name);
  if (value === undefined) throw new TypeError(`the query wants a value for "${name}"`);
  return value;
}
