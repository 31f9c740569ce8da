import { authError, type AuthError, isAuthError } from '../../foundation/index.ts';
import type { SessionContext } from '../session-context.ts';
import type { PermissionsChange, RevocableSession, RevocationStore } from './revocation-store.ts';
import type { RefreshStore, SessionStore } from './session-store.ts';
import type { SingleUseStore } from './single-use-store.ts';

/** Who is told of a store that failed, and for which client. */
export type StoreObserver = Pick<SessionContext, 'observe' | 'names'>;

// A site's own stores, with failures that name the store: answers say 503 and not 500, and a store that is down signs
// nobody out (G18).

export function reportRevocations(
  { revoke, isRevoked, changePermissions, findState, findSince }: RevocationStore,
  observer: StoreObserver,
): RevocationStore {
  const recent = findSince && {
    findSince: (moment: number) => report(observer, 'revocations', () => findSince(moment)),
  };
  const changes = changePermissions && {
    changePermissions: (change: PermissionsChange) =>
      report(observer, 'revocations', () => changePermissions(change)),
  };
  const states = findState && {
    findState: (session: RevocableSession) => report(observer, 'revocations', () => findState(session)),
  };
  return {
    ...recent,
    ...changes,
    ...states,
    revoke: (revocation) => report(observer, 'revocations', () => revoke(revocation)),
    isRevoked: (session) => report(observer, 'revocations', () => isRevoked(session)),
  };
}

export function reportSingleUse({ consume }: SingleUseStore, observer: StoreObserver): SingleUseStore {
  return { consume: (key, until) => report(observer, 'spent', () => consume(key, until)) };
}

export function reportRefreshes({ find, save }: RefreshStore, observer: StoreObserver): RefreshStore {
  return {
    find: (key) => report(observer, 'refreshes', () => find(key)),
    save: (key, text, ttlSeconds) => report(observer, 'refreshes', () => save(key, text, ttlSeconds)),
  };
}

export function reportSessions({ find, save, remove }: SessionStore, observer: StoreObserver): SessionStore {
  return {
    find: (id) => report(observer, 'sessionStore', () => find(id)),
    save: (id, sealed, ttlSeconds) => report(observer, 'sessionStore', () => save(id, sealed, ttlSeconds)),
    remove: (id) => report(observer, 'sessionStore', () => remove(id)),
  };
}

async function report<T>(
  { observe, names }: StoreObserver,
  store: StoreOption,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isAuthError(cause)) throw cause;
    const error = storeError(store, cause);
    observe({ type: 'store.failed', ...names, store, code: error.code, message: error.message });
    throw error;
  }
}

/** What callers get of a store that failed: transient, and with its cause. */
export function storeError(store: StoreOption, cause: unknown): AuthError {
  const message = `${store} failed: look at the cause and at the database behind it`;
  return authError('store_unavailable', message, { cause, transient: true });
}

/** The option that the store came by. */
type StoreOption = 'revocations' | 'spent' | 'refreshes' | 'sessionStore' | 'proofs';
