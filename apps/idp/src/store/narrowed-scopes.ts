import { stringListColumn } from './columns.ts';
import { type Bind, type Database, numberValue, prepare, textValue } from './prepared.ts';
import type { NarrowedScopesTable } from './schema.ts';

/** How many different narrower scopes a grant may have at once. A client has a few; whoever makes up more fills no table. */
export const NARROWED_SCOPES_PER_GRANT = 50;

export interface NarrowedScope {
  readonly grantId: string;
  readonly scope: readonly string[];
  /** The same for the same names in whatever order. */
  readonly scopeHash: string;
  /** What to call it where the grant has no such scope yet. */
  readonly newId: string;
  /** Of the token that is asked for with it. */
  readonly expiresAt: number;
}

/** What access tokens reach, over all audiences, that were asked for less than their grant holds. */
export interface NarrowedScopeStore {
  /**
   * Keeps a scope at least until the token's end, once for all tokens of the grant that are asked for with it. Returns what
   * it is called by; undefined for one more than {@link NARROWED_SCOPES_PER_GRANT}.
   */
  keepNarrowedScope(narrowed: NarrowedScope): Promise<string | undefined>;
  findNarrowedScope(grantId: string, id: string): Promise<readonly string[] | undefined>;
}

export function createNarrowedScopeStore(db: Database): NarrowedScopeStore {
  const keep = prepare<NarrowedScopesTable, { id: string }>(db, (bind) => keepQuery(db, bind));
  const find = prepare<{ grantId: string; id: string }, { scope: string }>(db, (bind) =>
    db
      .selectFrom('narrowed_scopes')
      .select('scope')
      .where('grant_id', '=', bind('grantId'))
      .where('id', '=', bind('id')),
  );
  return {
    async keepNarrowedScope({ grantId: grant_id, scopeHash: scope_hash, newId: id, scope, expiresAt }) {
      const row = { grant_id, scope_hash, id, scope: stringListColumn.write(scope), expires_at: expiresAt };
      return (await keep(row)).rows[0]?.id;
    },
    async findNarrowedScope(grantId, id) {
      const [row] = (await find({ grantId, id })).rows;
      return row && stringListColumn.read(row.scope);
    },
  };
}

/** One statement, so that of two tokens at once both find one row. */
function keepQuery(db: Database, bind: Bind<NarrowedScopesTable>) {
  const others = db
    .selectFrom('narrowed_scopes as others')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('others.grant_id', '=', bind('grant_id'))
    .where('others.scope_hash', '<>', bind('scope_hash'));
  const values = db
    .selectNoFrom([
      textValue(bind('grant_id')).as('grant_id'),
      textValue(bind('scope_hash')).as('scope_hash'),
      textValue(bind('id')).as('id'),
      textValue(bind('scope')).as('scope'),
      numberValue(bind('expires_at')).as('expires_at'),
    ])
    .where(others, '<', NARROWED_SCOPES_PER_GRANT);
  return db
    .insertInto('narrowed_scopes')
    .columns(['grant_id', 'scope_hash', 'id', 'scope', 'expires_at'])
    .expression(values)
    .onConflict((conflict) =>
      // Another node's clock may be behind.
      conflict.columns(['grant_id', 'scope_hash']).doUpdateSet((row) => ({
        expires_at: row
          .case()
          .when('excluded.expires_at', '>', row.ref('narrowed_scopes.expires_at'))
          .then(row.ref('excluded.expires_at'))
          .else(row.ref('narrowed_scopes.expires_at'))
          .end(),
      })),
    )
    .returning('id');
}
