import { stringListColumn } from './columns.ts';
import { findSessionsOf, tellOfEnd } from './endings.ts';
import { type Database, prepare } from './prepared.ts';
import type { ConsentsTable } from './schema.ts';
import { takeClientOfPerson } from './session-clients.ts';

/** What a person answered when a client asked. What is in `asked` and not in `allowed` was refused. */
export interface Consent {
  readonly sub: string;
  readonly clientId: string;
  readonly asked: readonly string[];
  readonly allowed: readonly string[];
  readonly updatedAt: number;
}

export interface ConsentStore {
  findConsent(sub: string, clientId: string): Promise<Consent | undefined>;
  /** All of a person, the latest first. */
  listConsents(sub: string): Promise<Consent[]>;
  /** Puts the answer in the place of an earlier one. */
  saveConsent(consent: Consent): Promise<void>;
  /**
   * Forgets the answer and ends every grant of the client for this person, and its `sid` in their sessions. False when
   * there was none.
   */
  revokeConsent(sub: string, clientId: string, now: number): Promise<boolean>;
}

export function createConsentStore(db: Database): ConsentStore {
  const find = prepare<{ sub: string; clientId: string }, ConsentsTable>(db, (bind) =>
    db
      .selectFrom('consents')
      .selectAll()
      .where('sub', '=', bind('sub'))
      .where('client_id', '=', bind('clientId')),
  );
  return {
    async findConsent(sub, clientId) {
      const row = (await find({ sub, clientId })).rows[0];
      return row && toConsent(row);
    },
    async listConsents(sub) {
      const query = db.selectFrom('consents').selectAll().where('sub', '=', sub);
      return (await query.orderBy('updated_at', 'desc').orderBy('client_id').execute()).map(toConsent);
    },
    saveConsent: (consent) => save(db, toRow(consent)),
    revokeConsent: (sub, clientId, now) =>
      db.transaction().execute((transaction) => revoke(transaction, { sub, clientId, now })),
  };
}

async function save(db: Database, row: ConsentsTable): Promise<void> {
  const { sub: _sub, client_id: _clientId, ...answer } = row;
  const insert = db.insertInto('consents').values(row);
  await insert.onConflict((conflict) => conflict.columns(['sub', 'client_id']).doUpdateSet(answer)).execute();
}

async function revoke(
  db: Database,
  { sub, clientId, now }: { sub: string; clientId: string; now: number },
): Promise<boolean> {
  const forgotten = await db
    .deleteFrom('consents')
    .where('sub', '=', sub)
    .where('client_id', '=', clientId)
    .executeTakeFirst();
  await db
    .updateTable('grants')
    .set({ revoked_at: now })
    .where('sub', '=', sub)
    .where('client_id', '=', clientId)
    .where('revoked_at', 'is', null)
    .execute();
  const clients = await takeClientOfPerson(db, sub, clientId);
  const sessions = await findSessionsOf(db, clients);
  await tellOfEnd(db, { ending: 'consent-withdrawn', now }, { sessions, clients });
  return forgotten.numDeletedRows === 1n;
}

function toConsent(row: ConsentsTable): Consent {
  return {
    sub: row.sub,
    clientId: row.client_id,
    asked: stringListColumn.read(row.asked),
    allowed: stringListColumn.read(row.allowed),
    updatedAt: row.updated_at,
  };
}

function toRow(consent: Consent): ConsentsTable {
  return {
    sub: consent.sub,
    client_id: consent.clientId,
    asked: stringListColumn.write(consent.asked),
    allowed: stringListColumn.write(consent.allowed),
    updated_at: consent.updatedAt,
  };
}
