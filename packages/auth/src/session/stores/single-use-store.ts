/**
 * Where a site remembers what counts once: answered logins, logout tokens and refreshes. All processes of a site should
 * share one store, or a copy would count once at each of them.
 */
export interface SingleUseStore {
  /**
   * True the first time only, until `until` (integer seconds). It must be one atomic step: of two callers at the same
   * moment exactly one gets `true`.
   *
   * @param key 43 characters, base64url
   * @param until may be past: the call then tells whether the key was consumed, and consumes nothing
   */
  readonly consume: (key: string, until: number) => Promise<boolean>;
}
