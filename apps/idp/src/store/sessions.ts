import type { DeleteQueryBuilder, DeleteResult } from 'kysely';
import { stringListColumn } from './columns.ts';
import { type Database, lockingRow, numberValue, prepare, skippingLocked, textValue } from './prepared.ts';
import type { PeopleTable, Schema, SessionsTable } from './schema.ts';
import { type End, tellOfEnd } from './endings.ts';
import { takeSessionClients } from './session-clients.ts';

/** A person's sign-on session at the provider. Each client knows it by a `sid` of its own; see `session-clients.ts`. */
export interface SignOnSession {
  /** Unguessable, and told to nobody but the browser's own pages here. The browser's secret is another value. */
  readonly id: string;
  readonly sub: string;
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly expiresAt: number;
}

export interface SessionStore {
  /**
   * Opens a session of the person whose passphrase was checked against this hash. False when the person has another
   * passphrase since, is disabled or gone: one conditional statement decides, whatever runs at the same time.
   */
  openSession(session: SignOnSession, cookieHash: string, passwordHash: string): Promise<boolean>;
  /** The same session after a new sign-in of the same person: new secret, new time. False also when it has ended. */
  renewSession(session: SignOnSession, cookieHash: string, passwordHash: string): Promise<boolean>;
  findSessionByCookie(cookieHash: string, now: number): Promise<SignOnSession | undefined>;
  findSession(id: string, now: number): Promise<SignOnSession | undefined>;
  /**
   * Ends it and with it every grant without `offline_access`, and writes down whom to tell. False when it had ended
   * already.
   */
  endSession(id: string, end: End): Promise<boolean>;
  /** The same for every session of a person. Says which ended. */
  endSessionsOfPerson(sub: string, end: End): Promise<string[]>;
  /** Ends the oldest sessions of a person, so that at most so many are left, this one among them. Says which ended. */
  endOldestSessions(
    of: { readonly sub: string; readonly id: string; readonly most: number },
    end: End,
  ): Promise<string[]>;
}

export function createSessionStore(db: Database): SessionStore {
  const byCookie = prepare<{ cookieHash: string; now: number }, SessionsTable>(db, (bind) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('cookie_hash', '=', bind('cookieHash'))
      .where('expires_at', '>', bind('now')),
  );
  const find = prepare<{ id: string; now: number }, SessionsTable>(db, (bind) =>
    db.selectFrom('sessions').selectAll().where('sid', '=', bind('id')).where('expires_at', '>', bind('now')),
  );
  const surplus = prepare<Surplus, { sid: string }>(db, (bind) =>
    db
      .selectFrom('sessions')
      .select('sid')
      .where('sub', '=', bind('sub'))
      .where('sid', '<>', bind('id'))
      .orderBy('auth_time', 'desc')
      .limit(ENDED_AT_ONCE)
      .offset(bind('skipped')),
  );
  return {
    openSession: (session, cookieHash, passwordHash) =>
      open(db, { ...toRow(session, cookieHash), password_hash: passwordHash }),
    renewSession: (session, cookieHash, passwordHash) =>
      renew(db, { ...toRow(session, cookieHash), password_hash: passwordHash }),
    findSessionByCookie: async (cookieHash, now) => first((await byCookie({ cookieHash, now })).rows),
    findSession: async (id, now) => first((await find({ id, now })).rows),
    endSession: async (id, how) =>
      (await endInTransaction(db, how, (sessions) => sessions.where('sid', '=', id))).length === 1,
    endSessionsOfPerson: (sub, how) =>
      endInTransaction(db, how, (sessions) => sessions.where('sub', '=', sub)),
    async endOldestSessions(of, how) {
      const ids = (await surplus({ ...of, skipped: of.most - 1 })).rows.map(({ sid }) => sid);
      if (ids.length === 0) return [];
      return endInTransaction(db, how, (sessions) => sessions.where('sid', 'in', ids));
    },
  };
}

/** The latest sessions of a person that are skipped beside the one named. */
interface Surplus {
  readonly sub: string;
  readonly id: string;
  readonly skipped: number;
}

const ENDED_AT_ONCE = 10;

type Deletion = DeleteQueryBuilder<Schema, 'sessions', DeleteResult>;
type Narrow = (deletion: Deletion) => Deletion;

function endInTransaction(db: Database, how: End, narrow: Narrow): Promise<string[]> {
  return db.transaction().execute((transaction) => endSessions(transaction, how, narrow));
}

/**
 * Ends sessions within the caller's transaction. They go first: a client that is just being reached holds on to its session,
 * and can be seen once that is let go.
 */
export async function endSessions(db: Database, how: End, narrow: Narrow): Promise<string[]> {
  const sessions = await narrow(db.deleteFrom('sessions')).returning(['sid', 'expires_at']).execute();
  const ids = sessions.map(({ sid }) => sid);
  await tellOfEnd(db, how, { sessions, clients: await takeSessionClients(db, ids) });
  return ids;
}

/** Deletes at most so many that have expired, with the clients they reached. Returns how many sessions. */
export async function sweepSessions(db: Database, now: number, most: number): Promise<number> {
  const expired = (one: Database) =>
    one.selectFrom('sessions').select('sid').where('expires_at', '<=', now).orderBy('expires_at').limit(most);
  if ((await expired(db).execute()).length === 0) return 0;
  return db.transaction().execute(async (transaction) => {
    const over = skippingLocked(transaction, expired(transaction));
    const ended = transaction.deleteFrom('sessions').where('sid', 'in', over).returning('sid');
    const ids = (await ended.execute()).map(({ sid }) => sid);
    await takeSessionClients(transaction, ids);
    return ids.length;
  });
}

type CheckedSession = SessionsTable & Pick<PeopleTable, 'password_hash'>;

async function open(db: Database, session: CheckedSession): Promise<boolean> {
  const row = db
    .selectFrom('people')
    .select([
      textValue(session.sid).as('sid'),
      textValue(session.cookie_hash).as('cookie_hash'),
      'sub',
      numberValue(session.auth_time).as('auth_time'),
      textValue(session.acr).as('acr'),
      textValue(session.amr).as('amr'),
      numberValue(session.expires_at).as('expires_at'),
    ])
    .where('sub', '=', session.sub)
    .where('password_hash', '=', session.password_hash)
    .where('disabled_at', 'is', null);
  const insert = db
    .insertInto('sessions')
    .columns(['sid', 'cookie_hash', 'sub', 'auth_time', 'acr', 'amr', 'expires_at'])
    .expression(lockingRow(db, row));
  return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n;
}

/** Needs no lock: whoever changes the passphrase ends the sessions after that, and this one is among them already. */
async function renew(db: Database, session: CheckedSession): Promise<boolean> {
  const { sid, sub, password_hash, ...values } = session;
  const update = db
    .updateTable('sessions')
    .set(values)
    .where('sid', '=', sid)
    .where('sub', '=', sub)
    .where('sub', 'in', (where) =>
      where
        .selectFrom('people')
        .select('people.sub')
        .where('people.sub', '=', sub)
        .where('people.password_hash', '=', password_hash)
        .where('people.disabled_at', 'is', null),
    );
  return (await update.executeTakeFirst()).numUpdatedRows === 1n;
}

function first(rows: readonly SessionsTable[]): SignOnSession | undefined {
  return rows[0] && toSession(rows[0]);
}

function toSession(row: SessionsTable): SignOnSession {
  return {
    id: row.sid,
    sub: row.sub,
    authTime: row.auth_time,
    acr: row.acr,
    amr: stringListColumn.read(row.amr),
    expiresAt: row.expires_at,
  };
}

function toRow(session: SignOnSession, cookieHash: string): SessionsTable {
  return {
    sid: session.id,
    cookie_hash: cookieHash,
    sub: session.sub,
    auth_time: session.authTime,
    acr: session.acr,
    amr: stringListColumn.write(session.amr),
    expires_at: session.expiresAt,
  };
}
