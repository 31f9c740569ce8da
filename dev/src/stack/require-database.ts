import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { damagedDatabase, databaseFailure } from './database-failure.ts';

/**
 * Lets SQLite check a database of an earlier run before its app opens it. One that is missing or empty is fine: its
 * app creates the tables.
 * @throws Failure that names the file when SQLite cannot open it or finds it damaged
 */
export function requireSoundDatabase(path: string): void {
  if (!existsSync(path)) return;
  const problem = findProblem(path);
  if (problem !== undefined) throw damagedDatabase(path, problem);
}

/** @see https://www.sqlite.org/pragma.html#pragma_integrity_check */
function findProblem(path: string): string | undefined {
  try {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const found = database.prepare('pragma integrity_check(1)').get()?.['integrity_check'];
      return found === 'ok' ? undefined : String(found).replaceAll('\n', ' ');
    } finally {
      database.close();
    }
  } catch (error) {
    throw databaseFailure(path, error);
  }
}
