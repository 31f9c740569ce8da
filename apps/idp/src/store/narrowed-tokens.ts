import { stringListColumn } from './columns.ts';
import { type Database, prepare } from './prepared.ts';
import type { NarrowedTokensTable } from './schema.ts';

/** What narrower access tokens reach, over all audiences. Each is forgotten when the token would have expired anyway. */
export interface NarrowedTokenStore {
  /** Keeps the scope that an access token was asked for with, where that is less than its whole grant. */
  keepNarrowedScope(jti: string, scope: readonly string[], expiresAt: number): Promise<void>;
  findNarrowedScope(jti: string): Promise<readonly string[] | undefined>;
}

export function createNarrowedTokenStore(db: Database): NarrowedTokenStore {
  const keep = prepare<NarrowedTokensTable, never>(db, (bind) =>
    db
      .insertInto('narrowed_tokens')
      .values({ id: bind('id'), scope: bind('scope'), expires_at: bind('expires_at') }),
  );
  const find = prepare<{ id: string }, Pick<NarrowedTokensTable, 'scope'>>(db, (bind) =>
    db.selectFrom('narrowed_tokens').select('scope').where('id', '=', bind('id')),
  );
  return {
    async keepNarrowedScope(id, scope, expires_at) {
      await keep({ id, scope: stringListColumn.write(scope), expires_at });
    },
    async findNarrowedScope(id) {
      const [row] = (await find({ id })).rows;
      return row && stringListColumn.read(row.scope);
    },
  };
}
