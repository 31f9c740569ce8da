import { type Database, lockingRow } from './prepared.ts';

/** A stored client and a person whose `sub` is the client's id. */
export interface SharedSubject {
  readonly clientId: string;
  readonly username: string;
}

export interface SharedSubjectStore {
  /** Earlier releases let both be stored. */
  findSharedSubject(): Promise<SharedSubject | undefined>;
}

export function createSharedSubjectStore(db: Database): SharedSubjectStore {
  return {
    async findSharedSubject() {
      const query = db
        .selectFrom('clients')
        .innerJoin('people', 'people.sub', 'clients.client_id')
        .select(['clients.client_id', 'people.username'])
        .limit(1);
      const row = await query.executeTakeFirst();
      return row && { clientId: row.client_id, username: row.username };
    },
  };
}

/** Whether a person has this `sub`. Called while clients change, which whoever adds a person waits for. */
export async function isSubjectOfPerson(db: Database, sub: string): Promise<boolean> {
  const query = db.selectFrom('people').select('sub').where('sub', '=', sub);
  return (await query.executeTakeFirst()) !== undefined;
}

/**
 * Whether a client has this id, in a transaction that adds a person. Waits for a client that is just being added, on
 * PostgreSQL by the row that every change of clients counts up; SQLite has one writer at a time.
 */
export async function isIdOfClient(db: Database, id: string): Promise<boolean> {
  await lockingRow(db, db.selectFrom('client_changes').select('version')).execute();
  const query = db.selectFrom('clients').select('client_id').where('client_id', '=', id);
  return (await query.executeTakeFirst()) !== undefined;
}
