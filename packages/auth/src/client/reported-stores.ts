import { authError, isAuthError, type Observe } from '../foundation/index.ts';
import type { RefreshStore, RevocationStore, SessionStore, SpentStore } from '../session/index.ts';

/** Who is told of a store that failed, and by which names. */
export interface StoreWatch {
  readonly observe: Observe;
  readonly names: { readonly issuer: string; readonly clientId: string };
}

/** The site's own stores, their failures named: an answer says 503 and not 500, and nobody counts as signed out (G18). */
export function reportRevocations(
  { revoke, isRevoked }: RevocationStore,
  watch: StoreWatch,
): RevocationStore {
  return {
    revoke: (revocation) => reported(watch, 'revocations', () => revoke(revocation)),
    isRevoked: (session) => reported(watch, 'revocations', () => isRevoked(session)),
  };
}

export function reportSpent({ spendOnce }: SpentStore, watch: StoreWatch): SpentStore {
  return { spendOnce: (key, until) => reported(watch, 'spent', () => spendOnce(key, until)) };
}

export function reportRefreshes({ find, save }: RefreshStore, watch: StoreWatch): RefreshStore {
  return {
    find: (key) => reported(watch, 'refreshes', () => find(key)),
    save: (key, text, ttlSeconds) => reported(watch, 'refreshes', () => save(key, text, ttlSeconds)),
  };
}

export function reportSessions({ find, save, remove }: SessionStore, watch: StoreWatch): SessionStore {
  return {
    find: (id) => reported(watch, 'sessionStore', () => find(id)),
    save: (id, sealed, ttlSeconds) => reported(watch, 'sessionStore', () => save(id, sealed, ttlSeconds)),
    remove: (id) => reported(watch, 'sessionStore', () => remove(id)),
  };
}

async function reported<T>(
  { observe, names }: StoreWatch,
  store: StoreName,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isAuthError(cause)) throw cause;
    const message = `${store} failed: look at the cause and at the database behind it`;
    const error = authError('store_unavailable', message, { cause, transient: true });
    observe({ type: 'store.failed', ...names, store, code: error.code, message: error.message });
    throw error;
  }
}

type StoreName = 'revocations' | 'spent' | 'refreshes' | 'sessionStore';
