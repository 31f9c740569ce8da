import { sql } from 'kysely';
import { stringListColumn } from './columns.ts';
import { type Notice, type NoticePayload, payloadColumn, type PermissionsNotice } from './outbox-rows.ts';
import { type Database, lockingRows } from './prepared.ts';

/** Somebody whose permissions are to be told; undefined where they are gone, or disabled. */
type RolesOf = readonly string[] | undefined;

/** The permissions that a notice tells of, at the APIs that its client stands for. */
export type PermissionsFor = (
  notice: Pick<Notice, 'clientId' | 'recipient'>,
  roles: RolesOf,
) => readonly string[];

/** How a node dates what it takes. */
export interface NodeDating {
  readonly permissionsFor: PermissionsFor;
  /** Read once the notices are taken, and their change is committed. */
  readonly clock: () => number;
  /** Which roles `permissionsFor` knows of. */
  readonly roleVersion: number;
}

export const isUndated = ({ payload }: Notice): boolean => 'sub' in payload && payload.told === undefined;

/**
 * Dates what was just taken, in the same transaction, since each costs a flush to the disk. Where the roles have changed since the
 * node read them, it is left to the node.
 */
export async function dateTaken(
  db: Database,
  notices: readonly Notice[],
  { permissionsFor, clock, roleVersion }: NodeDating,
): Promise<Notice[]> {
  const undated = notices.filter(isUndated);
  if (undated.length === 0) return [...notices];
  const { version } = await db.selectFrom('role_changes').select('version').executeTakeFirstOrThrow();
  if (version !== roleVersion) return [...notices];
  const dated = await date(db, undated, { permissionsFor, now: clock() });
  return [...notices.filter((notice) => !isUndated(notice)), ...dated];
}

interface Dating {
  readonly permissionsFor: PermissionsFor;
  readonly now: number;
}

/** Dates the changes that these tell of, and writes down what they say; see `PermissionChangeStore.dateNotices`. */
export async function date(
  db: Database,
  notices: readonly Notice[],
  { permissionsFor, now }: Dating,
): Promise<Notice[]> {
  const subs = [...new Set(notices.flatMap(({ payload }) => ('sub' in payload ? [payload.sub] : [])))];
  if (subs.length === 0) return [...notices];
  const moments = await dateChanges(db, subs, now);
  const roles = await findRoles(db, subs);
  const known = { moments, roles, permissionsFor, now };
  const dated = notices.map((notice) => ({ ...notice, payload: datedPayload(notice, known) }));
  await writePayloads(db, dated);
  return dated;
}

/** All by one statement: there are thousands when a role changes. */
async function writePayloads(db: Database, notices: readonly Notice[]): Promise<void> {
  const rows = notices.map(({ id, payload }) => sql`(${id}, ${payloadColumn.write(payload)})`);
  await sql`with dated (id, payload) as (values ${sql.join(rows)})
    update outbox set payload = (select dated.payload from dated where dated.id = outbox.id)
    where id in (select id from dated)`.execute(db);
}

/** All that is told of one person's change has one second, whichever node tells it, and whichever client. */
async function dateChanges(db: Database, subs: readonly string[], now: number): Promise<Map<string, number>> {
  const undated = db.selectFrom('permission_changes').select('sub').where('sub', 'in', subs).orderBy('sub');
  await lockingRows(db, undated).execute();
  await db
    .updateTable('permission_changes')
    .set({ changed_at: now, undated_since: null })
    .where('sub', 'in', subs)
    .where('undated_since', 'is not', null)
    .execute();
  const rows = await db
    .selectFrom('permission_changes')
    .select(['sub', 'changed_at'])
    .where('sub', 'in', subs)
    .execute();
  return new Map(rows.map(({ sub, changed_at }) => [sub, changed_at ?? now]));
}

async function findRoles(db: Database, subs: readonly string[]): Promise<Map<string, readonly string[]>> {
  const people = await db
    .selectFrom('people')
    .select(['sub', 'roles'])
    .where('sub', 'in', subs)
    .where('disabled_at', 'is', null)
    .execute();
  return new Map(people.map(({ sub, roles }) => [sub, stringListColumn.read(roles)]));
}

interface Known extends Dating {
  readonly moments: ReadonlyMap<string, number>;
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

function datedPayload(notice: Notice, { moments, roles, permissionsFor, now }: Known): NoticePayload {
  const { payload } = notice;
  if (!('sub' in payload)) return payload;
  const held = payload.isGone ? undefined : roles.get(payload.sub);
  const at = moments.get(payload.sub) ?? now;
  const dated: PermissionsNotice = { ...payload, told: { at, permissions: permissionsFor(notice, held) } };
  return dated;
}
