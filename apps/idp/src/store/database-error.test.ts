import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { databaseError } from './database-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'database-error-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What better-sqlite3 throws. */
function thrownBy(use: (database: Sqlite.Database) => unknown, path = ':memory:'): unknown {
  try {
    use(new Sqlite(path));
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const writtenReadOnly = (): unknown => {
  const path = join(folder, 'read-only.sqlite');
  writeFileSync(path, '');
  return thrownBy(() => new Sqlite(path, { readonly: true }).exec('create table t (a)'));
};

describe('a database that can not be used', () => {
  it.each([
    [
      'a full disk is called full',
      () => thrownBy((database) => database.exec('pragma max_page_count = 1; create table t (a)')),
      /: database or disk is full\. Its disk is full: free some space there and start again\.$/,
    ],
    [
      'a file that may not be written asks for rights',
      writtenReadOnly,
      /Let this user read and write the file and its folder/,
    ],
    [
      'a folder in its place asks for rights',
      () => {
        mkdirSync(join(folder, 'folder'), { recursive: true });
        return thrownBy(() => {}, join(folder, 'folder'));
      },
      /Let this user read and write the file and its folder/,
    ],
    [
      'a damaged file is to be restored',
      () => {
        writeFileSync(join(folder, 'broken.sqlite'), 'x'.repeat(5000));
        return thrownBy((database) => database.exec('create table t (a)'), join(folder, 'broken.sqlite'));
      },
      /Restore it from a backup/,
    ],
  ])('%s', (_what, cause, words) => {
    expect(databaseError('file:idp.sqlite', cause()).message).toMatch(words);
  });
});
