import { type Interaction, type NewInteraction, toInteraction, toRow } from './interaction-rows.ts';
import { type StageBound, STAGES } from './interaction-stages.ts';
import { type Bind, type Database, prepare, skippingLocked } from './prepared.ts';
import type { InteractionsTable } from './schema.ts';

/** An answer that grants the request of an interaction. */
export interface GrantingAnswer {
  readonly id: string;
  /** The grant's id, if this is the first such answer. */
  readonly grantId: string;
  readonly now: number;
  /** How long after the first such answer another one counts. */
  readonly repeatableSeconds: number;
}

export interface InteractionStore {
  addInteraction(interaction: NewInteraction): Promise<void>;
  findInteraction(id: string, now: number): Promise<Interaction | undefined>;
  /** Gives an unbound interaction to a browser, once; false when another browser was first. */
  bindInteraction(id: string, browserHash: string): Promise<boolean>;
  /** Its page was opened, maybe by a browser in which somebody signed in before. */
  recordOpened(id: string, isKnownBrowser: boolean): Promise<void>;
  /** Somebody tried to answer it. */
  recordAnswer(id: string): Promise<void>;
  recordSignIn(id: string, sessionId: string): Promise<void>;
  recordAccountChoice(id: string, sessionId: string): Promise<void>;
  recordConsent(id: string, sub: string): Promise<void>;
  /** Succeeds once; of two tabs that answer the same request the second gets false. The row leaves at `until`. */
  consumeInteraction(id: string, now: number, until: number): Promise<boolean>;
  /** Takes it away, for one caller only. */
  removeInteraction(id: string): Promise<boolean>;
  /**
   * Ends it with a grant, in one conditional statement, and gives the grant's id: that of the first such answer while
   * this may be repeated, after which the row leaves. Undefined when it ended otherwise, or too long ago.
   */
  grantInteraction(answer: GrantingAnswer): Promise<string | undefined>;
  /** Whether as many wait as may, or more. */
  isBoundReached(bound: StageBound): Promise<boolean>;
  /** Lets those that are beyond the bound go: the lowest stage first, of one stage the oldest. Says how many went. */
  displaceInteractions(bound: StageBound): Promise<number>;
}

export function createInteractionStore(db: Database): InteractionStore {
  const find = prepare<{ id: string; now: number }, InteractionsTable>(db, (bind) =>
    db
      .selectFrom('interactions')
      .selectAll()
      .where('id', '=', bind('id'))
      .where('expires_at', '>', bind('now')),
  );
  const record = async (id: string, values: Partial<InteractionsTable>) =>
    void (await db.updateTable('interactions').set(values).where('id', '=', id).execute());
  const answer = (id: string, values: Partial<InteractionsTable> = {}) =>
    record(id, { stage: STAGES.answered, ...values });
  return {
    addInteraction: async (interaction) =>
      void (await db.insertInto('interactions').values(toRow(interaction)).execute()),
    async findInteraction(id, now) {
      const row = (await find({ id, now })).rows[0];
      return row && toInteraction(row);
    },
    async bindInteraction(id, browserHash) {
      const update = db.updateTable('interactions').set({ browser_hash: browserHash }).where('id', '=', id);
      return (await update.where('browser_hash', 'is', null).executeTakeFirst()).numUpdatedRows === 1n;
    },
    recordOpened: (id, isKnownBrowser) => recordOpened(db, id, isKnownBrowser),
    recordAnswer: (id) => answer(id),
    recordSignIn: (id, sessionId) => answer(id, { sid: sessionId }),
    recordAccountChoice: (id, sessionId) => answer(id, { chosen_sid: sessionId }),
    recordConsent: (id, sub) => answer(id, { consented_sub: sub }),
    async consumeInteraction(id, now, until) {
      const ended = { finished_at: now, stage: STAGES.answered, expires_at: until };
      const update = db.updateTable('interactions').set(ended).where('id', '=', id);
      return (await update.where('finished_at', 'is', null).executeTakeFirst()).numUpdatedRows === 1n;
    },
    async removeInteraction(id) {
      const removed = await db.deleteFrom('interactions').where('id', '=', id).executeTakeFirst();
      return removed.numDeletedRows === 1n;
    },
    grantInteraction: (granting) => grant(db, granting),
    ...createDisplacement(db),
  };
}

/** An answer that came at the same moment has made it more than opened. */
async function recordOpened(db: Database, id: string, isKnownBrowser: boolean): Promise<void> {
  const stage = isKnownBrowser ? STAGES.openedByKnownBrowser : STAGES.opened;
  const update = db.updateTable('interactions').set({ stage }).where('id', '=', id);
  await update.where('stage', '=', STAGES.unopened).execute();
}

async function grant(
  db: Database,
  { id, grantId, now, repeatableSeconds }: GrantingAnswer,
): Promise<string | undefined> {
  const update = db
    .updateTable('interactions')
    .set((row) => ({
      finished_at: row.fn.coalesce('finished_at', row.val(now)),
      grant_id: row.fn.coalesce('grant_id', row.val(grantId)),
      expires_at: row(row.fn.coalesce('finished_at', row.val(now)), '+', repeatableSeconds),
      stage: STAGES.answered,
    }))
    .where('id', '=', id)
    .where((row) =>
      row.or([
        row('finished_at', 'is', null),
        row.and([row('grant_id', 'is not', null), row('finished_at', '>', now - repeatableSeconds)]),
      ]),
    )
    .returning('grant_id');
  return (await update.executeTakeFirst())?.grant_id ?? undefined;
}

/** One request adds one row, so this takes away more than a flood adds, in a moment. */
const DISPLACED_AT_ONCE = 50;

type Skipping = StageBound & { readonly skipped: number };

function createDisplacement(db: Database): Pick<InteractionStore, 'isBoundReached' | 'displaceInteractions'> {
  const beyond = (bind: Bind<Skipping>, limit: number) =>
    db
      .selectFrom('interactions')
      .select('id')
      .where('budget', '=', bind('budget'))
      .where('stage', '>=', bind('from'))
      .where('stage', '<=', bind('to'))
      .orderBy('stage', 'desc')
      .orderBy('arrival', 'desc')
      .limit(limit)
      .offset(bind('skipped'));
  const probe = prepare<Skipping, { id: string }>(db, (bind) => beyond(bind, 1));
  const displace = prepare<Skipping, { id: string }>(db, (bind) =>
    db
      .deleteFrom('interactions')
      .where('id', 'in', skippingLocked(db, beyond(bind, DISPLACED_AT_ONCE)))
      .returning('id'),
  );
  const isMoreThan = async (bound: StageBound, skipped: number) =>
    (await probe({ ...bound, skipped })).rows.length > 0;
  return {
    isBoundReached: (bound) => isMoreThan(bound, bound.most - 1),
    displaceInteractions: async (bound) =>
      // Reading first spares most requests a write.
      (await isMoreThan(bound, bound.most))
        ? (await displace({ ...bound, skipped: bound.most })).rows.length
        : 0,
  };
}
