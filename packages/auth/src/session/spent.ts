/**
 * Where a site remembers what may be used once: answered logins and logout tokens. Without one that all processes
 * share, a copy could be used once at each of them.
 */
export interface SpentStore {
  /**
   * True the first time only, until `until` (integer seconds). It has to be one step: of two callers at the same
   * moment one gets `true`.
   *
   * @param key 43 characters, base64url
   */
  readonly spendOnce: (key: string, until: number) => Promise<boolean>;
}
