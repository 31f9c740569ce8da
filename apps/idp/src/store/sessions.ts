import { stringListColumn } from './columns.ts';
import { type Database, prepare } from './prepared.ts';
import type { SessionsTable } from './schema.ts';

/** A person's sign-on session at the provider; every app's tokens carry its `sid`. */
export interface SignOnSession {
  /** Unguessable, but no secret: ID tokens carry it. The browser's secret is another value. */
  readonly sid: string;
  readonly sub: string;
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly expiresAt: number;
}

export interface SessionStore {
  openSession(session: SignOnSession, cookieHash: string): Promise<void>;
  /** The same session after a new sign-in of the same person: new secret, new time. False when it has ended. */
  renewSession(session: SignOnSession, cookieHash: string): Promise<boolean>;
  findSessionByCookie(cookieHash: string, now: number): Promise<SignOnSession | undefined>;
  findSession(sid: string, now: number): Promise<SignOnSession | undefined>;
  /** Ends it and with it every grant without `offline_access`. False when it had ended already. */
  endSession(sid: string): Promise<boolean>;
}

export function createSessionStore(db: Database): SessionStore {
  const byCookie = prepare<{ cookieHash: string; now: number }, SessionsTable>(db, (bind) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('cookie_hash', '=', bind('cookieHash'))
      .where('expires_at', '>', bind('now')),
  );
  const find = prepare<{ sid: string; now: number }, SessionsTable>(db, (bind) =>
    db
      .selectFrom('sessions')
      .selectAll()
      .where('sid', '=', bind('sid'))
      .where('expires_at', '>', bind('now')),
  );
  return {
    openSession: async (session, cookieHash) =>
      void (await db.insertInto('sessions').values(toRow(session, cookieHash)).execute()),
    async renewSession(session, cookieHash) {
      const { sid, sub, ...values } = toRow(session, cookieHash);
      const update = db.updateTable('sessions').set(values).where('sid', '=', sid).where('sub', '=', sub);
      return (await update.executeTakeFirst()).numUpdatedRows === 1n;
    },
    findSessionByCookie: async (cookieHash, now) => first((await byCookie({ cookieHash, now })).rows),
    findSession: async (sid, now) => first((await find({ sid, now })).rows),
    endSession: async (sid) =>
      (await db.deleteFrom('sessions').where('sid', '=', sid).executeTakeFirst()).numDeletedRows === 1n,
  };
}

function first(rows: readonly SessionsTable[]): SignOnSession | undefined {
  return rows[0] && toSession(rows[0]);
}

function toSession(row: SessionsTable): SignOnSession {
  return {
    sid: row.sid,
    sub: row.sub,
    authTime: row.auth_time,
    acr: row.acr,
    amr: stringListColumn.read(row.amr),
    expiresAt: row.expires_at,
  };
}

function toRow(session: SignOnSession, cookieHash: string): SessionsTable {
  return {
    sid: session.sid,
    cookie_hash: cookieHash,
    sub: session.sub,
    auth_time: session.authTime,
    acr: session.acr,
    amr: stringListColumn.write(session.amr),
    expires_at: session.expiresAt,
  };
}
