import { type Bind, type Database, lockingRow, numberValue, prepare, textValue } from './prepared.ts';
import type { SessionClientsTable } from './schema.ts';

/** Whom a sign-on session reaches by a token of a grant. */
export interface SessionReach {
  readonly sessionId: string;
  readonly grantId: string;
  /** Who holds the grant. */
  readonly clientId: string;
  /** Who stands for the token's audience, if anybody does. */
  readonly audienceClientId: string | undefined;
}

/** The `sid`s of those two in the session. */
export interface ReachedSids {
  readonly ofClient: string;
  readonly ofAudience: string | undefined;
  /** The clients that were reached for the first time. */
  readonly added: readonly SessionClient[];
}

/** A client's part in a sign-on session. */
export interface SessionClient {
  readonly sessionId: string;
  readonly clientId: string;
  /** What this client, and the APIs that it stands for, know the session by. Unguessable. */
  readonly sid: string;
}

export interface SessionClientStore {
  /**
   * The `sid`s that a token names, made up for a client that the session reaches for the first time. Undefined where
   * session or grant has ended: one conditional statement decides, so that the end of the session finds every client that
   * it reached.
   *
   * @param newSid gives an unguessable value.
   */
  reachClients(reach: SessionReach, newSid: () => string, now: number): Promise<ReachedSids | undefined>;
  /** A client's `sid` in a live session that has reached it. */
  findClientSid(sessionId: string, clientId: string, now: number): Promise<string | undefined>;
}

interface Lookup {
  readonly sessionId: string;
  readonly clientId: string;
  readonly otherId: string;
  readonly now: number;
}

type NewClient = SessionClientsTable & { readonly grant_id: string };
type Found = Pick<SessionClientsTable, 'client_id' | 'sid'>;

export function createSessionClientStore(db: Database): SessionClientStore {
  const find = prepare<Lookup, Found>(db, (bind) => findQuery(db, bind));
  const insert = prepare<NewClient, Found>(db, (bind) => insertQuery(db, bind));
  const findSids = async (lookup: Lookup) => toSids((await find(lookup)).rows);
  return {
    async reachClients({ sessionId, grantId, clientId, audienceClientId }, newSid, now) {
      const otherId = audienceClientId ?? clientId;
      const sids = await findSids({ sessionId, clientId, otherId, now });
      const added: SessionClient[] = [];
      for (const client_id of new Set([clientId, otherId])) {
        if (sids.has(client_id)) continue;
        const row = { session_id: sessionId, client_id, sid: newSid(), reached_at: now, grant_id: grantId };
        const [found] = (await insert(row)).rows;
        if (!found) return undefined;
        sids.set(client_id, found.sid);
        if (found.sid === row.sid) added.push({ sessionId, clientId: client_id, sid: row.sid });
      }
      const [ofClient, ofOther] = [sids.get(clientId), sids.get(otherId)];
      if (ofClient === undefined || ofOther === undefined) return undefined;
      return { ofClient, ofAudience: audienceClientId === undefined ? undefined : ofOther, added };
    },
    findClientSid: async (sessionId, clientId, now) =>
      (await findSids({ sessionId, clientId, otherId: clientId, now })).get(clientId),
  };
}

const toSids = (rows: readonly Found[]) => new Map(rows.map(({ client_id, sid }) => [client_id, sid]));

/** By primary key, and while the session lasts. */
function findQuery(db: Database, bind: Bind<Lookup>) {
  return db
    .selectFrom('session_clients')
    .select(['client_id', 'sid'])
    .where('session_id', '=', bind('sessionId'))
    .where('client_id', 'in', [bind('clientId'), bind('otherId')])
    .where((where) =>
      where(
        where
          .selectFrom('sessions')
          .select('sessions.expires_at')
          .whereRef('sessions.sid', '=', 'session_clients.session_id'),
        '>',
        bind('now'),
      ),
    );
}

/**
 * Holds on to session and grant, in the order in which they are ended, so that whoever ends them finds the new row. Of two
 * that reach a client at once the second gets the `sid` of the first.
 */
function insertQuery(db: Database, bind: Bind<NewClient>) {
  const row = db
    .selectFrom('sessions')
    .innerJoin('grants', 'grants.sid', 'sessions.sid')
    .select([
      'sessions.sid as session_id',
      textValue(bind('client_id')).as('client_id'),
      textValue(bind('sid')).as('sid'),
      numberValue(bind('reached_at')).as('reached_at'),
    ])
    .where('sessions.sid', '=', bind('session_id'))
    .where('sessions.expires_at', '>', bind('reached_at'))
    .where('grants.id', '=', bind('grant_id'))
    .where('grants.revoked_at', 'is', null);
  return db
    .insertInto('session_clients')
    .columns(['session_id', 'client_id', 'sid', 'reached_at'])
    .expression(() => lockingRow(db, row))
    .onConflict((conflict) =>
      conflict
        .columns(['session_id', 'client_id'])
        .doUpdateSet((other) => ({ reached_at: other.ref('session_clients.reached_at') })),
    )
    .returning(['client_id', 'sid']);
}

/** How many ids one statement names: both engines bind far more. */
const CHUNK = 500;

/** Takes out whom sessions reached that have just ended, within the caller's transaction. */
export async function takeSessionClients(
  db: Database,
  sessionIds: readonly string[],
): Promise<SessionClient[]> {
  const taken: SessionClient[] = [];
  for (let start = 0; start < sessionIds.length; start += CHUNK) {
    const remove = db.deleteFrom('session_clients').returning(['session_id', 'client_id', 'sid']);
    const ids = sessionIds.slice(start, start + CHUNK);
    taken.push(...(await remove.where('session_id', 'in', ids).execute()).map(toSessionClient));
  }
  return taken;
}

/** Takes one client out of all sessions of a person: its `sid` there is spent, and its next grant makes up another. */
export async function takeClientOfPerson(
  db: Database,
  sub: string,
  clientId: string,
): Promise<SessionClient[]> {
  const sessions = db.selectFrom('sessions').select('sid').where('sub', '=', sub);
  const remove = db.deleteFrom('session_clients').where('client_id', '=', clientId);
  const rows = remove.where('session_id', 'in', sessions).returning(['session_id', 'client_id', 'sid']);
  return (await rows.execute()).map(toSessionClient);
}

/** Takes one client out of every session. */
export async function takeClient(db: Database, clientId: string): Promise<SessionClient[]> {
  const remove = db.deleteFrom('session_clients').where('client_id', '=', clientId);
  const rows = await remove.returning(['session_id', 'client_id', 'sid']).execute();
  return rows.map(toSessionClient);
}

function toSessionClient(row: Omit<SessionClientsTable, 'reached_at'>): SessionClient {
  return { sessionId: row.session_id, clientId: row.client_id, sid: row.sid };
}
