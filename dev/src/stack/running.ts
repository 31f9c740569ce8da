import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFolder } from '../system/private-files.ts';
import { Failure } from '../terminal/failure.ts';
import { databaseFailure } from './database-failure.ts';

/** How long somebody else's short look at the lock is waited for. */
const LOOK_MILLISECONDS = 500;

/** A development stack that runs in a folder such as `.local/dev`. */
export interface RunningStack {
  readonly pid: number;
  readonly httpsPort: number;
  /** The clone it serves. */
  readonly root: string;
}

/**
 * Marks a folder as in use for as long as this process lives: SQLite holds a lock of the operating system on the file,
 * which ends with the process however it ends. A number in a file alone would outlive a crash.
 *
 * @returns what gives the folder free
 * @throws Failure that names the process that uses it
 */
export function claimFolder(directory: string, httpsPort: number): () => unknown {
  for (const folder of [dirname(directory), directory]) makePrivateFolder(folder);
  const path = fileIn(directory);
  try {
    const database = new DatabaseSync(path, { timeout: LOOK_MILLISECONDS });
    try {
      claim(database, httpsPort);
    } catch (error) {
      database.close();
      throw error;
    }
    return () => database.isOpen && database.close();
  } catch (error) {
    const running = findRunningStack(directory);
    throw running ? alreadyRuns(running, 'use it, or end it there') : databaseFailure(path, error);
  }
}

/** The second `begin` is the claim: others can read the row meanwhile, and write none. */
function claim(database: DatabaseSync, httpsPort: number): void {
  database.exec('begin immediate');
  database.exec('create table if not exists running (pid integer not null, https_port integer not null)');
  database.exec('delete from running');
  database.prepare('insert into running values (?, ?)').run(process.pid, httpsPort);
  database.exec('commit; begin immediate');
}

/** The stack that uses a folder now. Changes nothing. */
export function findRunningStack(directory: string): RunningStack | undefined {
  const path = fileIn(directory);
  if (!existsSync(path)) return undefined;
  try {
    const database = new DatabaseSync(path, { timeout: LOOK_MILLISECONDS });
    try {
      const row = isClaimed(database)
        ? database.prepare('select pid, https_port from running').get()
        : undefined;
      const root = dirname(dirname(directory));
      return row && { pid: Number(row['pid']), httpsPort: Number(row['https_port']), root };
    } finally {
      database.close();
    }
  } catch {
    return undefined; // a damaged file is named by the start
  }
}

export function alreadyRuns({ pid, root }: RunningStack, fix: string): Failure {
  return new Failure(`pnpm dev already runs (pid ${pid}, ${root})`, fix);
}

function isClaimed(database: DatabaseSync): boolean {
  try {
    database.exec('begin immediate; rollback');
    return false;
  } catch (error) {
    return isBusy(error);
  }
}

/** @see https://www.sqlite.org/rescode.html#busy */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

function fileIn(directory: string): string {
  return join(directory, 'running.sqlite');
}
