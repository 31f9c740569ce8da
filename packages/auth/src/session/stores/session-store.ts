/**
 * Where sessions live that are too large for a cookie. The cookie then holds a sealed id. Values are sealed
 * text: a copy of the store opens nothing without the session keys.
 *
 * `createSqlSessionStore` and `createKeyvSessionStore` create one; `sessionStoreContract` of `@sso/auth/testing` says
 * what your own must do.
 */
export interface SessionStore {
  readonly find: (id: string) => Promise<string | undefined>;
  /** Replaces the value of the id. After `ttlSeconds` it may be deleted; readers check the session's times anyway. */
  readonly save: (id: string, sealed: string, ttlSeconds: number) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

/**
 * Where the processes of a site share the results of refreshes, so that each refresh token is used once, whichever of
 * them finds it due: providers without a replay window take a second use for theft and end the session
 * (RFC 9700 §4.14.2). It needs a shared `spent` store, which decides which process asks the provider.
 *
 * Keys are hashes. Values are JSON with the new session cookie, sealed, or without one. They live for seconds.
 */
export type RefreshStore = Pick<SessionStore, 'find' | 'save'>;
