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
export { createKeyvSessionStore, createKeyvStores, type KeyvShaped, type KeyvStores } from './keyv-stores.ts';
export { defaultKeepClaims, identityClaims, keepClaims } from './kept-claims.ts';
export { defaultLifetimes, type Lifetimes } from './lifetimes.ts';
export { createMemoryRevocations, createMemorySessionStore, createMemorySpent } from './memory-stores.ts';
export { type RevocableSession, type Revocation, type RevocationStore } from './revocations.ts';
export { createSealer, type OpenedSeals, type Purpose, type Sealer, type SealerOptions } from './sealer.ts';
export {
  createSessionKeeper,
  MAX_SEALED_SESSION,
  type SessionKeeper,
  type SessionKeeperOptions,
} from './session-keeper.ts';
export { type SpentStore } from './spent.ts';
export {
  createSqlSessionStore,
  createSqlStores,
  sqlTables,
  type SqlStores,
  type SqlTag,
} from './sql-stores.ts';
export { type RefreshStore, type SessionStore } from './session-store.ts';
export { isSession, type KeptClaims, type Session } from './session.ts';
export { type SessionTimes, type SessionView, viewOf, type ViewOptions } from './session-view.ts';
export {
  createTransaction,
  isTransactionId,
  openState,
  openTransaction,
  type ReadState,
  sealState,
  sealTransaction,
  type Transaction,
  type WayBack,
} from './transactions.ts';
