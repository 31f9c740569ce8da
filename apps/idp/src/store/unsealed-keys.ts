import { setTimeout } from 'node:timers/promises';
import { retryWhileLocked } from '@sso/sqlite';
import type { JWK } from 'jose';
import { PostgresAdapter, sql } from 'kysely';
import { jsonColumn } from './columns.ts';
import type { Database } from './prepared.ts';

const jwkColumn = jsonColumn<JWK>();

interface UnsealedKey {
  readonly kid: string;
  readonly privateJwk: JWK;
}

/** Keys in clear, which an earlier release left. */
export interface UnsealedKeyStore {
  listUnsealedKeys(): Promise<UnsealedKey[]>;
  /** The sealed key takes the place of the one in clear. */
  sealKey(kid: string, sealedJwk: string): Promise<void>;
  /**
   * Rewrites the database where bytes of keys that were sealed may still lie in free space or in the write-ahead log.
   *
   * @param waitSeconds how long to wait for other processes that read the log. Default 5.
   * @returns false when they still do; the next start tries again.
   */
  eraseUnsealedKeys(waitSeconds?: number): Promise<boolean>;
}

export function createUnsealedKeyStore(db: Database): UnsealedKeyStore {
  return {
    listUnsealedKeys: () => listUnsealed(db),
    async sealKey(kid, sealedJwk) {
      const key = db.updateTable('signing_keys').set({ sealed_jwk: sealedJwk, unsealed_jwk: '' });
      await key.where('kid', '=', kid).where('unsealed_jwk', '!=', '').execute();
    },
    async eraseUnsealedKeys(waitSeconds = LOG_WAIT_SECONDS) {
      const marked = db.selectFrom('signing_keys').select('kid').where('unsealed_jwk', '=', '');
      if ((await marked.execute()).length === 0) return true;
      if (!(await rewrite(db, waitSeconds))) return false;
      const unmark = db.updateTable('signing_keys').set({ unsealed_jwk: null });
      await unmark.where('unsealed_jwk', '=', '').execute();
      return true;
    },
  };
}

async function listUnsealed(db: Database): Promise<UnsealedKey[]> {
  const keys = db.selectFrom('signing_keys').select(['kid', 'unsealed_jwk']).where('unsealed_jwk', '!=', '');
  return (await keys.execute()).flatMap(({ kid, unsealed_jwk: jwk }) =>
    jwk === null ? [] : [{ kid, privateJwk: jwkColumn.read(jwk) }],
  );
}

/** How long other processes are waited for, in seconds. */
const REWRITE_WAIT_SECONDS = 30;
const LOG_WAIT_SECONDS = 5;

/** @see https://www.sqlite.org/lang_vacuum.html */
async function rewrite(db: Database, waitSeconds: number): Promise<boolean> {
  if (db.getExecutor().adapter instanceof PostgresAdapter) {
    await sql`vacuum full signing_keys`.execute(db);
    return true;
  }
  await retryWhileLocked(REWRITE_WAIT_SECONDS, () => sql`vacuum`.execute(db));
  return emptyLog(db, waitSeconds);
}

/** What was read before the rewriting began keeps the log; readers of ours end within milliseconds. */
async function emptyLog(db: Database, waitSeconds: number): Promise<boolean> {
  const end = performance.now() + waitSeconds * 1000;
  for (;;) {
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
    if (rows[0]?.busy !== 1) return true;
    if (performance.now() >= end) return false;
    await setTimeout(20);
  }
}
