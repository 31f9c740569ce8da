import { type Bind, type Database, prepare, skippingLocked } from '../prepared.ts';

/** How many grants of one sign-on session are kept. */
export interface GrantBound {
  readonly sessionId: string;
  readonly clientId: string;
  /** Of all clients together: grants whose code nobody has redeemed. */
  readonly codes: number;
  /** Of the client: grants whose code was redeemed. */
  readonly redeemed: number;
}

const DISPLACED_AT_ONCE = 50;

/** Lets those beyond the bound go: the oldest codes, and redeemed grants that were used longest ago. */
export function createGrantDisplacement(db: Database): (bound: GrantBound) => Promise<void> {
  const codes = prepare<GrantBound, { id: string }>(db, (bind) => surplusCodes(db, bind));
  const redeemed = prepare<GrantBound, { id: string }>(db, (bind) => surplusRedeemed(db, bind));
  const remove = (surplus: typeof surplusCodes) =>
    prepare<GrantBound, { id: string }>(db, (bind) =>
      db
        .deleteFrom('grants')
        .where('id', 'in', skippingLocked(db, surplus(db, bind)))
        .returning('id'),
    );
  const [removeCodes, removeRedeemed] = [remove(surplusCodes), remove(surplusRedeemed)];
  return async (bound) => {
    // Reading first spares most requests a write.
    if ((await codes(bound)).rows.length > 0) await removeCodes(bound);
    if ((await redeemed(bound)).rows.length > 0) await removeRedeemed(bound);
  };
}

function surplusCodes(db: Database, bind: Bind<GrantBound>) {
  return db
    .selectFrom('grants')
    .select('id')
    .where('sid', '=', bind('sessionId'))
    .where('code_consumed_at', 'is', null)
    .orderBy('arrival', 'desc')
    .limit(DISPLACED_AT_ONCE)
    .offset(bind('codes'));
}

function surplusRedeemed(db: Database, bind: Bind<GrantBound>) {
  return db
    .selectFrom('grants')
    .select('id')
    .where('sid', '=', bind('sessionId'))
    .where('client_id', '=', bind('clientId'))
    .where('code_consumed_at', 'is not', null)
    .orderBy((grant) => grant.fn.coalesce('rotated_at', 'code_consumed_at'), 'desc')
    .orderBy('arrival', 'desc')
    .limit(DISPLACED_AT_ONCE)
    .offset(bind('redeemed'));
}
