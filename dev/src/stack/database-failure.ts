import { dirname } from 'node:path';
import { Failure } from '../terminal/failure.ts';

/** Result codes of SQLite of which the file itself is innocent. @see https://www.sqlite.org/rescode.html */
const surroundings = new Map<number, (path: string) => string>([
  [3, rights],
  [5, () => 'end the program that uses it and start again'],
  [8, rights],
  [10, (path) => `look at the disk that holds ${dirname(path)} and start again`],
  [13, fullDisk],
  [14, rights],
  [23, rights],
]);

/** Why SQLite can't use a database, with what to do: only a file that is damaged itself is to be deleted. */
export function databaseFailure(path: string, error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  const fix = surroundings.get(primaryCode(error))?.(path) ?? deletion(path);
  return new Failure(`The database ${path} can't be used (${reason})`, fix, { cause: error });
}

export function damagedDatabase(path: string, problem: string): Failure {
  return new Failure(`The database ${path} can't be used (${problem})`, deletion(path));
}

function deletion(path: string): string {
  return `delete ${path}* and start again; the demo data is created anew`;
}

function rights(path: string): string {
  return `make ${dirname(path)} and what is in it writable for you`;
}

function fullDisk(path: string): string {
  return `the disk that holds ${dirname(path)} is full, so free some space there and start again`;
}

/** Extended codes carry the primary one in their lowest byte. */
function primaryCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode % 256
    : 0;
}
