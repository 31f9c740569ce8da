import { changingClients } from './client-changes.ts';
import { type NewClient, toClientRow } from './client-rows.ts';
import { insertClient } from './client-writes.ts';
import type { Database } from './prepared.ts';
import type { InitialAccessTokensTable } from './schema.ts';

/** Lets its bearer register clients (RFC 7591 §1.2), so many and until then. */
export interface InitialAccessToken {
  /** What people call it by; no secret. */
  readonly id: string;
  readonly usesLeft: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface InitialAccessTokenStore {
  addInitialAccessToken(token: InitialAccessToken & { readonly tokenHash: string }): Promise<void>;
  /** Those that have not expired, used up ones too; the first to end comes first. */
  listInitialAccessTokens(now: number): Promise<InitialAccessToken[]>;
  /** False when there is none. */
  removeInitialAccessToken(id: string): Promise<boolean>;
  /** The token of this hash while it can be used; using it takes `addClientByToken`. */
  findInitialAccessToken(tokenHash: string, now: number): Promise<InitialAccessToken | undefined>;
  /** Adds a client and uses the token once, or does neither: false when it was used up, has expired or was removed. */
  addClientByToken(client: NewClient, tokenHash: string, now: number): Promise<boolean>;
}

export function createInitialAccessTokenStore(db: Database): InitialAccessTokenStore {
  const all = () => db.selectFrom('initial_access_tokens').selectAll();
  return {
    async addInitialAccessToken(token) {
      await db.insertInto('initial_access_tokens').values(toRow(token)).execute();
    },
    listInitialAccessTokens: async (now) =>
      (await all().where('expires_at', '>', now).orderBy('expires_at').orderBy('id').execute()).map(toToken),
    async removeInitialAccessToken(id) {
      const removed = await db.deleteFrom('initial_access_tokens').where('id', '=', id).executeTakeFirst();
      return removed.numDeletedRows === 1n;
    },
    async findInitialAccessToken(tokenHash, now) {
      const query = all().where('token_hash', '=', tokenHash).where('expires_at', '>', now);
      const row = await query.where('uses_left', '>', 0).executeTakeFirst();
      return row && toToken(row);
    },
    addClientByToken: (client, tokenHash, now) =>
      changingClients(db, async (changes, version) => {
        if (!(await use(changes, tokenHash, now))) return false;
        if (await insertClient(changes, toClientRow(client, version, now))) return true;
        // Ids are random, so this does not happen; if it did, the use would not count.
        throw new Error('the id of a new client is taken');
      }),
  };
}

/** One conditional statement: of several at once no more succeed than there are uses left. */
async function use(db: Database, tokenHash: string, now: number): Promise<boolean> {
  const update = db
    .updateTable('initial_access_tokens')
    .set((row) => ({ uses_left: row('uses_left', '-', 1) }))
    .where('token_hash', '=', tokenHash)
    .where('uses_left', '>', 0)
    .where('expires_at', '>', now);
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

function toToken(row: InitialAccessTokensTable): InitialAccessToken {
  return { id: row.id, usesLeft: row.uses_left, createdAt: row.created_at, expiresAt: row.expires_at };
}

function toRow(token: InitialAccessToken & { readonly tokenHash: string }): InitialAccessTokensTable {
  return {
    id: token.id,
    token_hash: token.tokenHash,
    uses_left: token.usesLeft,
    created_at: token.createdAt,
    expires_at: token.expiresAt,
  };
}
