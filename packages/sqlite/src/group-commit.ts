import { CompiledQuery, type QueryResult } from 'kysely';
import type { SqliteConnection } from './connection.ts';
import { retryUntil } from './lock.ts';
import type { Turns } from './turns.ts';

export interface GroupCommit {
  /**
   * Runs a statement that writes. It is answered once it is durable.
   *
   * @param end the time, in milliseconds of `performance.now()`, until which it waits for another process's lock
   */
  write(query: CompiledQuery, end: number): Promise<QueryResult<never>>;
  /** Resolves when what was asked for so far has been answered. */
  drain(): Promise<unknown>;
}

interface Write {
  readonly query: CompiledQuery;
  readonly end: number;
  readonly answer: PromiseWithResolvers<QueryResult<never>>;
}

/**
 * Statements that are asked for in one turn of the event loop are committed together: flushing the disk is what a commit
 * costs. They run in their order, and each has its own outcome: SQLite undoes a statement that fails and leaves the
 * transaction as it was.
 */
export function createGroupCommit(writes: Turns, connection: () => SqliteConnection): GroupCommit {
  const waiting: Write[] = [];
  const takeTurn = async () => {
    const release = await writes.take();
    try {
      await writeAll(waiting, connection);
    } finally {
      release();
    }
  };
  return {
    write(query, end) {
      const answer = Promise.withResolvers<QueryResult<never>>();
      if (waiting.length === 0) setImmediate(() => void takeTurn());
      waiting.push({ query, end, answer });
      return answer.promise;
    },
    drain: () => Promise.allSettled(waiting.map(({ answer }) => answer.promise)),
  };
}

/** Whoever joins while another process holds the lock is written as well. Each waits for as long as it would alone. */
async function writeAll(waiting: Write[], connection: () => SqliteConnection): Promise<void> {
  for (let oldest = waiting[0]; oldest; oldest = waiting[0]) {
    try {
      await retryUntil(oldest.end, () => writeGroup(waiting, connection()));
    } catch (error) {
      waiting.shift();
      oldest.answer.reject(error);
    }
  }
}

/** @throws where the file is locked, or the oldest alone fails: all of them still wait, and nothing is written. */
function writeGroup(waiting: Write[], connection: SqliteConnection): void {
  const [oldest, ...others] = waiting;
  if (!oldest) return;
  const settled = others.length > 0 ? commitTogether(waiting, connection) : undefined;
  if (settled) {
    waiting.length = 0;
    for (const settle of settled) settle();
  } else {
    const result = connection.run(oldest.query);
    waiting.shift();
    oldest.answer.resolve(result);
  }
}

/**
 * Runs up to the commit in one go, so that nobody reads what is not durable yet.
 *
 * @returns what answers each; undefined where a fault, such as a full disk, took back the whole: then they go one by one
 */
function commitTogether(
  group: readonly Write[],
  connection: SqliteConnection,
): readonly (() => void)[] | undefined {
  connection.run(BEGIN);
  try {
    const settled = [];
    for (const write of group) {
      settled.push(outcomeOf(write, connection));
      if (!connection.isInTransaction()) return undefined;
    }
    connection.run(COMMIT);
    return settled;
  } catch {
    // Alone, each hears by itself what is wrong.
    if (connection.isInTransaction()) connection.run(ROLLBACK);
    return undefined;
  }
}

function outcomeOf({ query, answer }: Write, connection: SqliteConnection): () => void {
  try {
    const result = connection.run(query);
    return () => answer.resolve(result);
  } catch (error) {
    return () => answer.reject(error);
  }
}

/** Only what changes rows: a pragma or `vacuum` means something else inside of a transaction. */
export function mayShareCommit({ sql }: CompiledQuery): boolean {
  return /^\s*(insert|update|delete|with)\b/i.test(sql);
}

const BEGIN = CompiledQuery.raw('begin immediate');
const COMMIT = CompiledQuery.raw('commit');
const ROLLBACK = CompiledQuery.raw('rollback');
