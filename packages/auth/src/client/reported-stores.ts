import { authError, isAuthError } from '../foundation/index.ts';
import type { RefreshStore, RevocationStore, SessionStore, SpentStore } from '../session/index.ts';

/** The site's own stores, their failures named: an answer says 503 and not 500, and nobody counts as signed out (G18). */
export function reportRevocations({ revoke, isRevoked }: RevocationStore): RevocationStore {
  return {
    revoke: (revocation) => reported('revocations', () => revoke(revocation)),
    isRevoked: (session) => reported('revocations', () => isRevoked(session)),
  };
}

export function reportSpent({ spendOnce }: SpentStore): SpentStore {
  return { spendOnce: (key, until) => reported('spent', () => spendOnce(key, until)) };
}

export function reportRefreshes({ find, save }: RefreshStore): RefreshStore {
  return {
    find: (key) => reported('refreshes', () => find(key)),
    save: (key, text, ttlSeconds) => reported('refreshes', () => save(key, text, ttlSeconds)),
  };
}

export function reportSessions({ find, save, remove }: SessionStore): SessionStore {
  return {
    find: (id) => reported('sessionStore', () => find(id)),
    save: (id, sealed, ttlSeconds) => reported('sessionStore', () => save(id, sealed, ttlSeconds)),
    remove: (id) => reported('sessionStore', () => remove(id)),
  };
}

async function reported<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isAuthError(cause)) throw cause;
    throw authError('store_unavailable', `${name} failed: look at the cause and at the database behind it`, {
      cause,
      transient: true,
    });
  }
}
