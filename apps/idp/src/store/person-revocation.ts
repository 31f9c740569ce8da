import type { Database } from './prepared.ts';
import { takeSessionClients } from './session-clients.ts';

export interface PersonRevocationStore {
  /** Ends a person's sessions and all they granted, `offline_access` included. Says which sessions ended. */
  revokeAllOfPerson(sub: string, now: number): Promise<string[]>;
  /** Takes a person away with their sessions and grants. False when there is nobody. */
  removePerson(sub: string): Promise<boolean>;
}

export function createPersonRevocationStore(db: Database): PersonRevocationStore {
  return {
    revokeAllOfPerson: (sub, now) =>
      db.transaction().execute((transaction) => revokeAll(transaction, sub, now)),
    removePerson: (sub) => db.transaction().execute((transaction) => remove(transaction, sub)),
  };
}

/** The sessions first: a grant that is just being opened holds on to its session, and can be seen once that is let go. */
async function revokeAll(db: Database, sub: string, now: number): Promise<string[]> {
  const ended = await db.deleteFrom('sessions').where('sub', '=', sub).returning('sid').execute();
  await db
    .updateTable('grants')
    .set({ revoked_at: now })
    .where('sub', '=', sub)
    .where('revoked_at', 'is', null)
    .execute();
  const ids = ended.map(({ sid }) => sid);
  await takeSessionClients(db, ids);
  return ids;
}

/** In the order in which one holds on to the other. */
async function remove(db: Database, sub: string): Promise<boolean> {
  const removed = await db.deleteFrom('people').where('sub', '=', sub).executeTakeFirst();
  await db.deleteFrom('consents').where('sub', '=', sub).execute();
  const ended = await db.deleteFrom('sessions').where('sub', '=', sub).returning('sid').execute();
  await db.deleteFrom('grants').where('sub', '=', sub).execute();
  await takeSessionClients(
    db,
    ended.map(({ sid }) => sid),
  );
  return removed.numDeletedRows === 1n;
}
