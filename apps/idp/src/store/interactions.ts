import type { InteractionRequest } from './requests.ts';
import { jsonColumn } from './columns.ts';
import { type Database, prepare } from './prepared.ts';
import type { InteractionsTable } from './schema.ts';

const requestColumn = jsonColumn<InteractionRequest>();

/** A request that waits for a person, and what the person has done so far. */
export interface Interaction {
  readonly id: string;
  /** SHA-256 of the cookie of the browser it belongs to; undefined until one has opened it. */
  readonly browserHash: string | undefined;
  readonly request: InteractionRequest;
  /** The session that a sign-in opened while answering this request. */
  readonly sessionId: string | undefined;
  /** The session that the person chose to go on with. */
  readonly chosenSessionId: string | undefined;
  /** The person who answered the consent page of this request. */
  readonly consentedSub: string | undefined;
  /** When it was answered first; undefined while it waits. */
  readonly finishedAt: number | undefined;
  /** The grant that it ended in; undefined where it ended without one. */
  readonly grantId: string | undefined;
  readonly expiresAt: number;
}

/** An answer that grants the request of an interaction. */
export interface GrantingAnswer {
  readonly id: string;
  /** The grant's id, if this is the first such answer. */
  readonly grantId: string;
  readonly now: number;
  /** How long after the first such answer another one counts. */
  readonly repeatableSeconds: number;
}

/** An interaction as it begins. */
export type NewInteraction = Pick<Interaction, 'id' | 'browserHash' | 'request' | 'expiresAt'>;

export interface InteractionStore {
  addInteraction(interaction: NewInteraction): Promise<void>;
  findInteraction(id: string, now: number): Promise<Interaction | undefined>;
  /** Gives an unbound interaction to a browser, once; false when another browser was first. */
  bindInteraction(id: string, browserHash: string): Promise<boolean>;
  recordSignIn(id: string, sessionId: string): Promise<void>;
  recordAccountChoice(id: string, sessionId: string): Promise<void>;
  recordConsent(id: string, sub: string): Promise<void>;
  /** Succeeds once; of two tabs that answer the same request the second gets false. */
  consumeInteraction(id: string, now: number): Promise<boolean>;
  /**
   * Ends it with a grant, in one conditional statement, and gives the grant's id: that of the first such answer while
   * this may be repeated. Undefined when it ended otherwise, or too long ago.
   */
  grantInteraction(answer: GrantingAnswer): Promise<string | undefined>;
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
    recordSignIn: (id, sessionId) => record(id, { sid: sessionId }),
    recordAccountChoice: (id, sessionId) => record(id, { chosen_sid: sessionId }),
    recordConsent: (id, sub) => record(id, { consented_sub: sub }),
    async consumeInteraction(id, now) {
      const update = db.updateTable('interactions').set({ finished_at: now }).where('id', '=', id);
      return (await update.where('finished_at', 'is', null).executeTakeFirst()).numUpdatedRows === 1n;
    },
    grantInteraction: (answer) => grant(db, answer),
  };
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

function toRow(interaction: NewInteraction): InteractionsTable {
  return {
    id: interaction.id,
    browser_hash: interaction.browserHash ?? null,
    pending: requestColumn.write(interaction.request),
    sid: null,
    chosen_sid: null,
    consented_sub: null,
    finished_at: null,
    grant_id: null,
    expires_at: interaction.expiresAt,
  };
}

function toInteraction(row: InteractionsTable): Interaction {
  return {
    id: row.id,
    browserHash: row.browser_hash ?? undefined,
    request: requestColumn.read(row.pending),
    sessionId: row.sid ?? undefined,
    chosenSessionId: row.chosen_sid ?? undefined,
    consentedSub: row.consented_sub ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    grantId: row.grant_id ?? undefined,
    expiresAt: row.expires_at,
  };
}
