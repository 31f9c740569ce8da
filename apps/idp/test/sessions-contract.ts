import { beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/index.ts';
import { NOW, signedIn, unique } from './store-samples.ts';

/** What every engine must do with sign-on sessions. */
export function describeSessions(open: () => Promise<Store>): void {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  describe('sessions', () => {
    it('are found by the hash of their cookie until they expire', async () => {
      const { session, cookie } = await signedIn(store);
      expect(await store.findSessionByCookie(cookie, NOW)).toEqual(session);
      expect(await store.findSessionByCookie(cookie, session.expiresAt)).toBeUndefined();
    });

    it('P-16 forget the old cookie when they are renewed, and keep their id', async () => {
      const { session, cookie: before, passwordHash } = await signedIn(store);
      const after = unique('cookie');
      expect(await store.renewSession({ ...session, authTime: NOW + 5 }, after, passwordHash)).toBe(true);
      expect(await store.findSessionByCookie(before, NOW)).toBeUndefined();
      expect(await store.findSessionByCookie(after, NOW)).toEqual({ ...session, authTime: NOW + 5 });
    });

    it('end once', async () => {
      const { session, passwordHash } = await signedIn(store);
      expect(await store.endSession(session.id, { ending: 'sign-out', now: NOW })).toBe(true);
      expect(await store.endSession(session.id, { ending: 'sign-out', now: NOW })).toBe(false);
      expect(await store.renewSession(session, unique('cookie'), passwordHash)).toBe(false);
    });
  });
}
