import { CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';
import type { SqliteConnection } from './connection.ts';
import { createGroupCommit, type GroupCommit, mayShareCommit } from './group-commit.ts';
import { retryUntil } from './lock.ts';
import { createTurns, type Turns } from './turns.ts';

export interface DriverOptions {
  readonly open: () => Promise<SqliteConnection>;
  /** How long a write waits for its turn and for the lock before it fails, in seconds. */
  readonly lockWaitSeconds: number;
}

/**
 * Runs statements on one connection. Writes and transactions of this process take turns, writes of the same
 * turn of the event loop together (decision 0042); each begins as soon as no other process holds the write lock. Reads wait
 * for neither: only for a transaction of this process that has begun, so that nobody reads what may yet be rolled back.
 */
export function createSqliteDriver(options: DriverOptions): Driver {
  const writes = createTurns();
  const group = createGroupCommit(writes, () => requireOpen(state));
  const state: State = { ...options, writes, group, sqlite: undefined, transaction: undefined };
  const unused: DatabaseConnection[] = [];
  return {
    init: async () => void (state.sqlite = await options.open()),
    // Kysely examines each new handle, and needs one for every statement.
    acquireConnection: async () => unused.pop() ?? createHandle(state),
    beginTransaction: (handle) => begin(state, handle),
    commitTransaction: () => commit(state),
    rollbackTransaction: () => rollback(state),
    releaseConnection: async (handle) => void unused.push(handle),
    async destroy() {
      await group.drain();
      state.sqlite?.close();
    },
  };
}

interface State extends DriverOptions {
  readonly writes: Turns;
  readonly group: GroupCommit;
  sqlite: SqliteConnection | undefined;
  transaction: Transaction | undefined;
}

interface Transaction {
  readonly handle: DatabaseConnection;
  readonly ended: Promise<void>;
  end(): void;
}

/** What Kysely holds as a connection: it tells statements inside of a transaction from all others. */
function createHandle(state: State): DatabaseConnection {
  const handle: DatabaseConnection = {
    executeQuery: (query) => execute(state, handle, query),
    async *streamQuery(query) {
      yield await execute(state, handle, query);
    },
  };
  return handle;
}

async function execute(state: State, handle: DatabaseConnection, query: CompiledQuery) {
  if (state.transaction?.handle === handle) return run(state, query);
  const end = endOfWait(state);
  const isRead = await retryUntil(end, () => requireOpen(state).isReadOnly(query.sql));
  if (isRead) return retryUntil(end, () => read(state, query));
  if (mayShareCommit(query)) return state.group.write(query, end);
  const release = await state.writes.take();
  try {
    return await retryUntil(end, () => run(state, query));
  } finally {
    release();
  }
}

async function read(state: State, query: CompiledQuery) {
  while (state.transaction) await state.transaction.ended;
  return run(state, query);
}

async function begin(state: State, handle: DatabaseConnection): Promise<void> {
  const end = endOfWait(state);
  const release = await state.writes.take();
  try {
    await retryUntil(end, () => run(state, BEGIN));
  } catch (error) {
    release();
    throw error;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  const finish = () => {
    state.transaction = undefined;
    release();
    resolve();
  };
  state.transaction = { handle, ended: promise, end: finish };
}

/** Where this fails, Kysely rolls back. */
async function commit(state: State): Promise<void> {
  run(state, COMMIT);
  state.transaction?.end();
}

async function rollback(state: State): Promise<void> {
  try {
    // Some failures, a full disk among them, end a transaction by themselves.
    if (requireOpen(state).isInTransaction()) run(state, ROLLBACK);
  } finally {
    state.transaction?.end();
  }
}

function run(state: State, query: CompiledQuery) {
  return requireOpen(state).run(query);
}

function requireOpen({ sqlite }: State): SqliteConnection {
  if (!sqlite) throw new Error('the database is not open');
  return sqlite;
}

/** In milliseconds of `performance.now()`. */
function endOfWait({ lockWaitSeconds }: State): number {
  return performance.now() + lockWaitSeconds * 1000;
}

// A transaction that reads first and writes later would fail at once where another process wrote in between.
const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');
