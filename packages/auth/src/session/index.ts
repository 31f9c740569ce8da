export {
  type CookieChange,
  type CookieJar,
  cookieNamesIn,
  type CookieNames,
  cookieReader,
  type CookieSource,
  createCookieJar,
  isAmbiguous,
  type ReadCookie,
} from './cookies.ts';
export {
  createKeyvSessionStore,
  createKeyvStores,
  type KeyvShaped,
  type KeyvStores,
} from './stores/keyv-stores.ts';
export { defaultKeepClaims, identityClaims, keepClaims } from './kept-claims.ts';
export { defaultLifetimes, type Lifetimes } from './lifetimes.ts';
export {
  createMemoryRevocations,
  createMemorySessionStore,
  createMemorySingleUse,
} from './stores/memory-stores.ts';
export {
  type PermissionsChange,
  type RecentRevocation,
  type RevocableSession,
  type Revocation,
  type RevocationRow,
  type RevocationStore,
  type SessionState,
} from './stores/revocation-store.ts';
export { createSealer, type OpenedSeals, type Purpose, type Sealer, type SealerOptions } from './sealer.ts';
export {
  createSessionKeeper,
  MAX_SEALED_SESSION,
  type SessionKeeper,
  type SessionKeeperOptions,
} from './session-keeper.ts';
export { findState, isOutdated, type StateStore } from './stores/session-state.ts';
export { type SingleUseStore } from './stores/single-use-store.ts';
export {
  createSqlSessionStore,
  createSqlStores,
  sqlTables,
  sqlUpgrade,
  type SqlStores,
  type SqlTag,
} from './stores/sql-stores.ts';
export { type RefreshStore, type SessionStore } from './stores/session-store.ts';
export { isSession, type KeptClaims, personOf, type Session } from './session.ts';
export { type SessionTimes, type SessionView, viewSession } from './session-view.ts';
export {
  createTransaction,
  isTransactionId,
  openState,
  openTransaction,
  type ParsedState,
  sealState,
  sealTransaction,
  type Transaction,
  type StatePayload,
} from './transactions.ts';
export { createSession, renewSession, type TokenResponse } from './create-session.ts';
export { type Arrivals, createArrivals, toPersonOrder } from './stores/person-order.ts';
export { findRows, isEnded, type FoundRows, latest, namesOf, rowsOf } from './stores/revocation-rows.ts';
export { removeSessionCookies, revokeHere, revokeSession, toRevocable } from './revoke-session.ts';
export { findTokenTime, hasOutdatedToken } from './own-token.ts';
export { findEnd, findSession } from './find-session.ts';
export { freshCookie } from './fresh-cookie.ts';
export { openSession } from './open-session.ts';
export { type SessionContext } from './session-context.ts';
export { consumeOnce } from './stores/consume-once.ts';
export {
  reportRefreshes,
  reportRevocations,
  reportSessions,
  reportSingleUse,
  storeError,
} from './stores/reported-stores.ts';
