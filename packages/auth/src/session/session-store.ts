/**
 * Where sessions live that are too large for a cookie. The cookie then holds a sealed id. Values are sealed
 * text: a copy of the store opens nothing without the session keys.
 *
 * `createSqlSessionStore` and `createKeyvSessionStore` are two; `sessionStoreContract` of `@sso/auth/testing` says what
 * another must do.
 */
export interface SessionStore {
  readonly find: (id: string) => Promise<string | undefined>;
  /** Replaces what the id had. After `ttlSeconds` it may be forgotten; whoever reads it looks at its times anyway. */
  readonly save: (id: string, sealed: string, ttlSeconds: number) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

/**
 * Where the processes of a site leave what came of a refresh, so that each refresh token is used once whichever of them
 * finds it due: providers without a replay window take a second use for theft and end the session (RFC 9700 §4.14.2).
 * It needs a `spent` store that the processes share, which says who of them asks the provider.
 *
 * Keys are hashes; values are the new session cookie, sealed, or a word or two. They live for seconds.
 */
export type RefreshStore = Pick<SessionStore, 'find' | 'save'>;
