import { type Database, prepare } from './prepared.ts';
import type { TokenIdTable } from './schema.ts';

/** Ids of tokens that are no longer accepted. Each is forgotten when the token would have expired anyway. */
export interface InvalidatedTokenStore {
  /** True for the first caller only, on whichever node: a client assertion counts once (RFC 7523 §3(7)). */
  consumeAssertion(id: string, expiresAt: number): Promise<boolean>;
  /** The same for a DPoP proof (RFC 9449 §11.1). */
  consumeProof(key: string, expiresAt: number): Promise<boolean>;
  /** Ends one access token at this provider's own endpoints (RFC 7009 §2). */
  revokeToken(jti: string, expiresAt: number): Promise<void>;
  isTokenRevoked(jti: string): Promise<boolean>;
}

export function createInvalidatedTokenStore(db: Database): InvalidatedTokenStore {
  const spend = prepareInsert(db, 'client_assertions');
  const revoke = prepareInsert(db, 'revoked_tokens');
  const find = prepare<{ id: string }, { id: string }>(db, (bind) =>
    db.selectFrom('revoked_tokens').select('id').where('id', '=', bind('id')),
  );
  return {
    consumeAssertion: async (id, expires_at) => (await spend({ id, expires_at })).rows.length === 1,
    consumeProof: async (key, expires_at) =>
      (await spend({ id: `dpop ${key}`, expires_at })).rows.length === 1,
    revokeToken: async (id, expires_at) => void (await revoke({ id, expires_at })),
    isTokenRevoked: async (id) => (await find({ id })).rows.length === 1,
  };
}

/** One statement decides who was first. */
function prepareInsert(db: Database, table: 'client_assertions' | 'revoked_tokens') {
  return prepare<TokenIdTable, { id: string }>(db, (bind) =>
    db
      .insertInto(table)
      .values({ id: bind('id'), expires_at: bind('expires_at') })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id'),
  );
}
