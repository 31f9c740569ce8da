import type { Database } from '../prepared.ts';

export async function revokeGrant(db: Database, id: string, now: number): Promise<boolean> {
  const update = db.updateTable('grants').set({ revoked_at: now }).where('id', '=', id);
  return (await update.where('revoked_at', 'is', null).executeTakeFirst()).numUpdatedRows === 1n;
}
