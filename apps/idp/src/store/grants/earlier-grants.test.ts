import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { openEarlierRelease } from '../../../test/earlier-release.ts';
import { engines } from '../../../test/engines.ts';
import { NOW } from '../../../test/store-samples.ts';
import { openStore } from '../index.ts';

describe.each(engines)('K-13 grants of an earlier release on $name', ({ open, skipped }) => {
  it.skipIf(skipped)(
    'come from a consent where they outlive the session, and stand as they did',
    async () => {
      await using disposal = new AsyncDisposableStack();
      const url = await open(disposal);
      await storeEarlierGrants(url);
      const store = await openStore(url);
      disposal.defer(() => store.close());
      const grantOf = async (id: string) => (await store.findActiveGrant(id, NOW))?.grant;
      expect(await grantOf('online')).toMatchObject({ byConsent: false, offline: false });
      expect(await grantOf('offline')).toMatchObject({ byConsent: true, offline: true });
      expect(await grantOf('unasked')).toMatchObject({ byConsent: false, offline: true });
      expect(await store.findNarrowedScope('online', 'anything')).toBeUndefined();
    },
  );
});

/** A person who consented to one client, and grants of that one and of another. */
async function storeEarlierGrants(url: string): Promise<void> {
  const db = await openEarlierRelease(url, '0009');
  await sql`insert into people (sub, username, password_hash, roles, claims, created_at, updated_at)
    values ('ada', 'ada', 'x', '[]', '{}', 1, 1)`.execute(db);
  await sql`insert into sessions (sid, cookie_hash, sub, auth_time, acr, amr, expires_at)
    values ('sid', 'x', 'ada', 1, 'pwd', '[]', ${NOW + 60})`.execute(db);
  await sql`insert into consents (sub, client_id, asked, allowed, updated_at)
    values ('ada', 'wiki', '["openid"]', '["openid"]', 1)`.execute(db);
  for (const [id, clientId, offlineAt] of [
    ['online', 'wiki', null],
    ['offline', 'wiki', 5],
    ['unasked', 'shop', 5],
  ])
    await sql`insert into grants
      (id, client_id, sub, sid, scope, resources, details, offline_at, code_hash, code_expires_at, expires_at)
      values (${id}, ${clientId}, 'ada', 'sid', '["openid"]', '[]', '{}', ${offlineAt}, ${id}, 1, ${NOW + 60})`.execute(
      db,
    );
  await db.destroy();
}
