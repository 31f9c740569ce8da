import { type Kysely, sql } from 'kysely';

/** Until now two nodes that started together on an empty database could each add a current and a next key. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const publishedUntil = Math.floor(Date.now() / 1000) + SIGNED_TOKENS_SECONDS;
  await sql`update signing_keys set state = 'retired', published_until = ${publishedUntil}
    where state = 'current' and kid <> (select kid from signing_keys as kept
      where kept.alg = signing_keys.alg and kept.state = 'current'
      order by kept.activated_at desc, kept.created_at, kept.kid limit 1)`.execute(db);
  await sql`delete from signing_keys
    where state = 'next' and kid <> (select kid from signing_keys as kept
      where kept.alg = signing_keys.alg and kept.state = 'next'
      order by kept.created_at, kept.kid limit 1)`.execute(db);
  await sql`create unique index signing_keys_one_of_a_state on signing_keys (alg, state)
    where state in ('current', 'next')`.execute(db);
}

/** A key that has signed stays published for longer than any token that it may have signed lives. */
const SIGNED_TOKENS_SECONDS = 7 * 86_400;
