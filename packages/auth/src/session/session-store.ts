/**
 * Where sessions live that are too large for a cookie. The cookie then holds a sealed id. Values are sealed
 * text: a copy of the store opens nothing without the session keys. Any Keyv-shaped store fits with a line each.
 */
export interface SessionStore {
  readonly find: (id: string) => Promise<string | undefined>;
  readonly save: (id: string, sealed: string, ttlSeconds: number) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}
