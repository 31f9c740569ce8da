import type { Database } from './prepared.ts';

export interface PersonRevocationStore {
  /** Ends a person's sessions and all they granted, `offline_access` included. Says which sessions ended. */
  revokeAllOfPerson(sub: string, now: number): Promise<string[]>;
  /** Takes a person away with their sessions and grants. False when there is nobody. */
  removePerson(sub: string): Promise<boolean>;
}

export function createPersonRevocationStore(db: Database): PersonRevocationStore {
  return {
    revokeAllOfPerson: (sub, now) =>
      db.transaction().execute(async (transaction) => {
        await transaction
          .updateTable('grants')
          .set({ revoked_at: now })
          .where('sub', '=', sub)
          .where('revoked_at', 'is', null)
          .execute();
        const ended = transaction.deleteFrom('sessions').where('sub', '=', sub).returning('sid');
        return (await ended.execute()).map(({ sid }) => sid);
      }),
    removePerson: (sub) => db.transaction().execute((transaction) => remove(transaction, sub)),
  };
}

async function remove(db: Database, sub: string): Promise<boolean> {
  await db.deleteFrom('sessions').where('sub', '=', sub).execute();
  await db.deleteFrom('grants').where('sub', '=', sub).execute();
  await db.deleteFrom('consents').where('sub', '=', sub).execute();
  return (await db.deleteFrom('people').where('sub', '=', sub).executeTakeFirst()).numDeletedRows === 1n;
}
