import type { JWK } from 'jose';
import { jsonColumn } from './columns.ts';
import type { Database } from './prepared.ts';

const jwkColumn = jsonColumn<JWK>();

/** An app signs somebody out with the ID token of their sign-in, which may be as old as its session. */
const HINT_SECONDS = 30 * 86_400;

export interface PastKeyStore {
  /** Public halves of keys that are published no more, for as long as hints that they signed may come. */
  listPastKeys(now: number): Promise<JWK[]>;
}

export function createPastKeyStore(db: Database): PastKeyStore {
  return {
    async listPastKeys(now) {
      const past = db.selectFrom('signing_keys').select('private_jwk').where('published_until', '<=', now);
      return (await past.execute()).map((row) => publicHalf(jwkColumn.read(row.private_jwk)));
    },
  };
}

/** Past keys lose their private half at once, and go when no hint can come any more. */
export async function sweepKeys(db: Database, now: number): Promise<void> {
  const keys = db.deleteFrom('signing_keys').where('published_until', '<=', now - HINT_SECONDS);
  await keys.execute();
  const past = db
    .selectFrom('signing_keys')
    .select(['kid', 'private_jwk'])
    .where('published_until', '<=', now);
  for (const { kid, private_jwk: jwk } of await past.execute()) {
    const half = jwkColumn.write(publicHalf(jwkColumn.read(jwk)));
    if (half === jwk) continue;
    await db.updateTable('signing_keys').set({ private_jwk: half }).where('kid', '=', kid).execute();
  }
}

/** RFC 7518 §6: what of a key anybody may know. */
function publicHalf({ kid, kty, alg, use, crv, x, y, n, e }: JWK): JWK {
  const members = Object.entries({ kid, kty, alg, use, crv, x, y, n, e });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}
