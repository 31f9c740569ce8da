import type { JWK } from 'jose';
import { jsonColumn } from './columns.ts';
import type { Database } from './prepared.ts';

const jwkColumn = jsonColumn<JWK>();

/** An app signs somebody out with the ID token of their sign-in, which may be as old as its session. */
const HINT_SECONDS = 30 * 86_400;

export interface PastKeyStore {
  /** Public halves of keys that are published no more, for as long as hints that they signed may come. */
  listPastKeys(now: number): Promise<JWK[]>;
}

export function createPastKeyStore(db: Database): PastKeyStore {
  return {
    async listPastKeys(now) {
      const past = db.selectFrom('signing_keys').select('public_jwk').where('published_until', '<=', now);
      return (await past.where('revoked_at', 'is', null).execute()).map((row) =>
        jwkColumn.read(row.public_jwk),
      );
    },
  };
}

/** Past keys lose their private half at once, and go when no hint can come any more. Revoked ones stay on record. */
export async function sweepKeys(db: Database, now: number): Promise<void> {
  await db
    .deleteFrom('signing_keys')
    .where('published_until', '<=', now - HINT_SECONDS)
    .where('revoked_at', 'is', null)
    .execute();
  await db
    .updateTable('signing_keys')
    .set({ sealed_jwk: null })
    .where('published_until', '<=', now)
    .where('sealed_jwk', 'is not', null)
    .execute();
}
