import type { End } from './endings.ts';
import type { Database } from './prepared.ts';
import { tellOfPermissions } from './permission-changes.ts';
import { endSessions } from './sessions.ts';

export interface PersonRevocationStore {
  /**
   * Ends a person's sessions and all they granted, `offline_access` included, and writes down whom to tell. Says which
   * sessions ended.
   */
  revokeAllOfPerson(sub: string, end: End): Promise<string[]>;
  /** Takes a person away with their sessions and grants. False when there is nobody. */
  removePerson(sub: string, now: number): Promise<boolean>;
}

export function createPersonRevocationStore(db: Database): PersonRevocationStore {
  return {
    revokeAllOfPerson: (sub, end) =>
      db.transaction().execute((transaction) => revokeAll(transaction, sub, end)),
    removePerson: (sub, now) => db.transaction().execute((transaction) => remove(transaction, sub, now)),
  };
}

/** The sessions first: a grant that is just being opened holds on to its session, and can be seen once that is let go. */
async function revokeAll(db: Database, sub: string, end: End): Promise<string[]> {
  const isGone = end.ending === 'person-disabled' || end.ending === 'person-removed';
  if (isGone) await tellOfPermissions(db, [sub], { now: end.now, isGone });
  const ended = await endSessions(db, end, (sessions) => sessions.where('sub', '=', sub));
  await db
    .updateTable('grants')
    .set({ revoked_at: end.now })
    .where('sub', '=', sub)
    .where('revoked_at', 'is', null)
    .execute();
  return ended;
}

/** In the order in which one holds on to the other. */
async function remove(db: Database, sub: string, now: number): Promise<boolean> {
  const removed = await db.deleteFrom('people').where('sub', '=', sub).executeTakeFirst();
  await db.deleteFrom('consents').where('sub', '=', sub).execute();
  await tellOfPermissions(db, [sub], { now, isGone: true });
  await endSessions(db, { ending: 'person-removed', now }, (sessions) => sessions.where('sub', '=', sub));
  await db.deleteFrom('grants').where('sub', '=', sub).execute();
  return removed.numDeletedRows === 1n;
}
