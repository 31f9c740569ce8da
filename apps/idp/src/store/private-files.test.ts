import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseError } from './database-error.ts';
import { openStore } from './index.ts';
import { NotPrivateError } from './private-files.ts';

describe('K-11 a database file', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'idp-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const path = () => join(folder, 'idp.sqlite');
  const modeOf = (end: string) => (statSync(path() + end).mode & 0o777).toString(8);
  const modes = () => ['', '-wal', '-shm'].map(modeOf);
  const open = async (warnings: string[] = []) => openStore(`file:${path()}`, (one) => warnings.push(one));

  it('is made for this user alone, and nothing is said', async () => {
    const warnings: string[] = [];
    const store = await open(warnings);
    expect([modes(), warnings]).toEqual([['600', '600', '600'], []]);
    await store.close();
  });

  it('that others could read is put right together with its -wal and -shm, and that is said', async () => {
    const earlier = new Sqlite(path());
    earlier.pragma('journal_mode = WAL');
    earlier.exec('create table t (a)');
    for (const end of ['', '-wal', '-shm']) chmodSync(path() + end, 0o644);
    const warnings: string[] = [];
    const store = await open(warnings);
    expect(modes()).toEqual(['600', '600', '600']);
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toContain(`${path()} had mode 0644 and has 0600 now`);
    await store.close();
    earlier.close();
  });

  it('that only its group could write is put right too', async () => {
    writeFileSync(path(), '', { mode: 0o600 });
    chmodSync(path(), 0o620);
    await (await open()).close();
    expect(modeOf('')).toBe('600');
  });

  it('whose mode this user may not change is refused, with what to do', () => {
    const { message } = databaseError('file:idp.sqlite', new NotPrivateError('others can read idp.sqlite'));
    expect(message).toBe(
      "The database file:idp.sqlite can't be used: others can read idp.sqlite. Make this user its owner, or give it mode 0600, then start again.",
    );
  });
});
