import type { RevocationStore } from '@sso/auth/session';
import { sql } from 'kysely';
import type { BlogDatabase } from './database.ts';

const now = () => Math.floor(Date.now() / 1000);

/** Ended sessions in the blog's own database, so that every process of the blog sees them at once. */
export function createRevocations(open: () => Promise<BlogDatabase>): RevocationStore {
  return {
    async revoke({ issuer, sid, sub, at, until }) {
      const database = await open();
      const kind = sid === undefined ? 'sub' : 'sid';
      const subject = sid ?? sub;
      if (subject === undefined) return;
      await database.deleteFrom('revocations').where('until', '<=', now()).execute();
      await database
        .insertInto('revocations')
        .values({ issuer, kind, subject, at, until })
        .onConflict((conflict) =>
          conflict.columns(['issuer', 'kind', 'subject']).doUpdateSet({
            at: sql`max(at, excluded.at)`,
            until: sql`max(until, excluded.until)`,
          }),
        )
        .execute();
    },
    async isRevoked({ issuer, sid, sub, issuedAt }) {
      const database = await open();
      const row = await database
        .selectFrom('revocations')
        .select('subject')
        .where('issuer', '=', issuer)
        .where('at', '>=', issuedAt)
        .where('until', '>', now())
        .where((is) => is.or([is.and({ kind: 'sid', subject: sid }), is.and({ kind: 'sub', subject: sub })]))
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
