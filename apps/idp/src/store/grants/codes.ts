import type { Bind, Database } from '../prepared.ts';
import { type Grant, toGrant } from './grant-rows.ts';

export interface CodeRedemption {
  readonly codeHash: string;
  readonly clientId: string;
  readonly now: number;
  /** Hashes of the first refresh token; null for a client without that grant type. */
  readonly familyHash: string | null;
  readonly tokenHash: string | null;
  /** Of the key that the refresh tokens are bound to; null for none. */
  readonly dpopJkt: string | null;
}

/** A code that was given out, by its grant. */
export interface IssuedCode {
  readonly sub: string;
  readonly sessionId: string;
  readonly isRedeemed: boolean;
}

export function consumeCodeQuery(db: Database, bind: Bind<CodeRedemption>) {
  return db
    .updateTable('grants')
    .set({
      code_consumed_at: bind('now'),
      family_hash: bind('familyHash'),
      token_hash: bind('tokenHash'),
      dpop_jkt: bind('dpopJkt'),
    })
    .where('code_hash', '=', bind('codeHash'))
    .where('client_id', '=', bind('clientId'))
    .where('code_consumed_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('code_expires_at', '>', bind('now'))
    .returningAll();
}

export async function findIssuedCode(db: Database, grantId: string): Promise<IssuedCode | undefined> {
  const query = db.selectFrom('grants').select(['sub', 'sid', 'code_consumed_at']).where('id', '=', grantId);
  const row = await query.executeTakeFirst();
  return row && { sub: row.sub, sessionId: row.sid, isRedeemed: row.code_consumed_at !== null };
}

export async function findConsumed(
  db: Database,
  codeHash: string,
  clientId: string,
): Promise<Grant | undefined> {
  const query = db
    .selectFrom('grants')
    .selectAll()
    .where('code_hash', '=', codeHash)
    .where('client_id', '=', clientId);
  const row = await query.where('code_consumed_at', 'is not', null).executeTakeFirst();
  return row && toGrant(row);
}
