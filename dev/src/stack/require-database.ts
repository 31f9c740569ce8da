import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Failure } from '../terminal/failure.ts';

/**
 * Lets SQLite check a database of an earlier run before its app opens it. One that is missing or empty is fine: its
 * app creates the tables.
 * @throws Failure that names the file when SQLite cannot open it or finds it damaged
 */
export function requireSoundDatabase(path: string): void {
  if (!existsSync(path)) return;
  const problem = findProblem(path);
  if (problem === undefined) return;
  throw new Failure(
    `The database ${path} can't be used (${problem})`,
    `delete ${path}* and start again; the demo data is created anew`,
  );
}

/** @see https://www.sqlite.org/pragma.html#pragma_quick_check */
function findProblem(path: string): string | undefined {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const found = database.prepare('pragma quick_check(1)').get()?.['quick_check'];
      return found === 'ok' ? undefined : String(found);
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
