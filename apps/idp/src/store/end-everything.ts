import type { Database } from './prepared.ts';
import { endSessions } from './sessions.ts';

/** How much ended. */
export interface EverythingEnded {
  readonly sessions: number;
  readonly grants: number;
  readonly interactions: number;
}

export interface EndEverythingStore {
  /**
   * Ends every sign-on session, every grant with its code and refresh tokens, and every request that waits for a person.
   * People, what they allowed, and clients stay. The sites of the sessions are told.
   */
  endEverything(now: number): Promise<EverythingEnded>;
}

export function createEndEverythingStore(db: Database): EndEverythingStore {
  return { endEverything: (now) => db.transaction().execute((transaction) => end(transaction, now)) };
}

/** The sessions first: a grant that is just being opened holds on to its session, and can be seen once that is let go. */
async function end(db: Database, now: number): Promise<EverythingEnded> {
  const sessions = await endSessions(db, { ending: 'everything-ended', now }, (every) => every);
  const grants = await db
    .updateTable('grants')
    .set({ revoked_at: now })
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  const interactions = await db.deleteFrom('interactions').executeTakeFirst();
  return {
    sessions: sessions.length,
    grants: Number(grants.numUpdatedRows),
    interactions: Number(interactions.numDeletedRows),
  };
}
