import { randomUUID } from 'node:crypto';
import { DAY } from '@sso/auth';
import { stringListColumn } from './columns.ts';
import { date, type PermissionsFor } from './dated-notices.ts';
import type { Notice } from './outbox-rows.ts';
import { addNotices } from './outbox.ts';
import { type Database, lockingRows, prepare } from './prepared.ts';

/** What the latest change means for tokens that are issued now. */
export interface PermissionChange {
  /** The second up to which the person's tokens say what no longer counts; undefined where nothing has changed. */
  readonly changedAt: number | undefined;
  /** How often the operator has said that roles bring something else. */
  readonly roleVersion: number;
}

export interface PermissionChangeStore {
  findPermissionChange(sub: string): Promise<PermissionChange>;
  /** Gives a person other roles, and writes down whom to tell. False when nobody has the username. */
  setRolesNow(username: string, roles: readonly string[], now: number): Promise<boolean>;
  /** From now on each node reads the roles of `ACCESS_FILE` anew before it issues a token. */
  noteRoles(rolesHash: string): Promise<void>;
  findRolesHash(): Promise<string>;
  /** Of the people behind this `sub`, a batch: writes down whom to tell of those who have the role. */
  tellPeopleOfRole(role: string, after: string, now: number): Promise<ToldBatch>;
  /**
   * Dates the changes of notices that no node has tried before, and writes down what they say. The change is committed by then,
   * so each token that was issued from what was there before carries an earlier `iat`, or the same.
   */
  dateNotices(notices: readonly Notice[], permissionsFor: PermissionsFor, now: number): Promise<Notice[]>;
}

export interface ToldBatch {
  readonly told: number;
  /** The last `sub` of the batch; undefined where there was none. */
  readonly last: string | undefined;
}

export function createPermissionChangeStore(db: Database): PermissionChangeStore {
  // A scalar sub-select, no join: see `grants/active-grants.ts`.
  const find = prepare<{ sub: string }, { version: number; changed_at: number | null }>(db, (bind) =>
    db
      .selectFrom('role_changes')
      .select((row) => [
        'version',
        row
          .selectFrom('permission_changes')
          .select('changed_at')
          .where('sub', '=', bind('sub'))
          .as('changed_at'),
      ]),
  );
  return {
    async findPermissionChange(sub) {
      const [row] = (await find({ sub })).rows;
      return { changedAt: row?.changed_at ?? undefined, roleVersion: row?.version ?? 0 };
    },
    setRolesNow: (username, roles, now) =>
      db.transaction().execute((transaction) => setRoles(transaction, { username, roles, now })),
    async noteRoles(rolesHash) {
      await db
        .updateTable('role_changes')
        .set((row) => ({ version: row('version', '+', 1), roles_hash: rolesHash }))
        .execute();
    },
    findRolesHash: async () =>
      (await db.selectFrom('role_changes').select('roles_hash').executeTakeFirstOrThrow()).roles_hash,
    tellPeopleOfRole: (role, after, now) =>
      db.transaction().execute((transaction) => tellBatch(transaction, { role, after, now })),
    dateNotices: (notices, permissionsFor, now) =>
      db.transaction().execute((transaction) => date(transaction, notices, { permissionsFor, now })),
  };
}

async function setRoles(
  db: Database,
  {
    username,
    roles,
    now,
  }: { readonly username: string; readonly roles: readonly string[]; readonly now: number },
): Promise<boolean> {
  const update = db.updateTable('people').set({ roles: stringListColumn.write(roles), updated_at: now });
  const person = await update.where('username', '=', username).returning('sub').executeTakeFirst();
  if (person) await tellOfPermissions(db, [person.sub], { now });
  return person !== undefined;
}

/** A change waits no longer for a node that dates it: sessions have ended by then. */
export const REMEMBERED_SECONDS = 2 * DAY;

/** How many people one transaction looks at: engines limit the values of a statement, and others wait meanwhile. */
const BATCH = 500;

async function tellBatch(
  db: Database,
  { role, after, now }: { readonly role: string; readonly after: string; readonly now: number },
): Promise<ToldBatch> {
  const people = await db
    .selectFrom('people')
    .select(['sub', 'roles'])
    .where('sub', '>', after)
    .orderBy('sub')
    .limit(BATCH)
    .execute();
  const subs = people
    .filter(({ roles }) => stringListColumn.read(roles).includes(role))
    .map(({ sub }) => sub);
  await tellOfPermissions(db, subs, { now });
  return { told: subs.length, last: people.at(-1)?.sub };
}

interface Told {
  readonly now: number;
  /** Whether nothing is left to these people, whatever their roles say. */
  readonly isGone?: boolean;
}

/**
 * Writes down, in the transaction of the change itself (F-30), that people's permissions have changed and which clients have to
 * know: those that their sessions reached, and those that hold a grant with `offline_access`. Call it while these are there.
 */
export async function tellOfPermissions(
  transaction: Database,
  subs: readonly string[],
  { now, isGone = false }: Told,
): Promise<void> {
  if (subs.length === 0) return;
  const rows = subs.map((sub) => ({ sub, changed_at: null, undated_since: now, noted_at: now }));
  const insert = transaction.insertInto('permission_changes').values(rows);
  await insert
    .onConflict((conflict) => conflict.column('sub').doUpdateSet({ undated_since: now, noted_at: now }))
    .execute();
  const reached = await findReached(transaction, subs, now);
  await addNotices(
    transaction,
    reached.map(({ sub, clientId, expiresAt }) => ({
      id: `token-claims-change ${clientId} ${sub} ${randomUUID()}`,
      kind: 'token-claims-change',
      clientId,
      sessionId: undefined,
      payload: { sub, jti: randomUUID(), ...(isGone && { isGone: true as const }) },
      recipient: undefined,
      shownTo: undefined,
      createdAt: now,
      expiresAt,
    })),
  );
}

interface Reached {
  readonly sub: string;
  readonly clientId: string;
  /** When the last of what the client has of the person would end. */
  readonly expiresAt: number;
}

/** One row for each person and client, however many sessions. */
async function findReached(db: Database, subs: readonly string[], now: number): Promise<Reached[]> {
  // A client that is just being reached holds on to its session: it can be seen now, or sees the change afterwards.
  const sessions = db.selectFrom('sessions').select('sid').where('sub', 'in', subs).orderBy('sid');
  await lockingRows(db, sessions).execute();
  const bySession = await db
    .selectFrom('sessions')
    .innerJoin('session_clients', 'session_clients.session_id', 'sessions.sid')
    .select(['sessions.sub', 'session_clients.client_id', 'sessions.expires_at'])
    .where('sessions.sub', 'in', subs)
    .where('sessions.expires_at', '>', now)
    .execute();
  const offline = await db
    .selectFrom('grants')
    .select(['sub', 'client_id', 'expires_at'])
    .where('sub', 'in', subs)
    .where('offline_at', 'is not', null)
    .where('code_consumed_at', 'is not', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .execute();
  const reached = new Map<string, Reached>();
  for (const { sub, client_id: clientId, expires_at: expiresAt } of [...bySession, ...offline]) {
    const key = JSON.stringify([sub, clientId]);
    const known = reached.get(key)?.expiresAt ?? expiresAt;
    reached.set(key, { sub, clientId, expiresAt: Math.max(known, expiresAt) });
  }
  return [...reached.values()];
}
