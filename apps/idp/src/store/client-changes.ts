import type { Database } from './prepared.ts';

/**
 * Changes clients under the next version. It is counted up in the same transaction, and first: its row lock puts the
 * changes of all nodes in one order, so that whoever sees a version sees all that led to it.
 */
export function changingClients<T>(
  db: Database,
  change: (db: Database, version: number) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (transaction) => {
    const { version } = await transaction
      .updateTable('client_changes')
      .set((row) => ({ version: row('version', '+', 1) }))
      .returning('version')
      .executeTakeFirstOrThrow();
    return change(transaction, version);
  });
}
