/** One decision to end sessions: those of a provider session (`sid`), or all of a person (`sub`). */
export interface Revocation {
  readonly issuer: string;
  readonly sid?: string;
  readonly sub?: string;
  /** Sessions opened at or before this moment end; a later login is a new decision. Integer seconds. */
  readonly at: number;
  /** After this no session of that age can still be alive, so the row may be deleted. Integer seconds. */
  readonly until: number;
}

/** What identifies a session to the revocation store. */
export interface RevocableSession {
  readonly issuer: string;
  readonly sid: string;
  readonly sub: string;
  readonly issuedAt: number;
}

/**
 * Where a site remembers ended sessions; read at every session read, so keep it near (the app's own database).
 *
 * `createSqlStores` creates one in a SQL database. `revocationContract` of `@sso/auth/testing` says what your own must do.
 */
export interface RevocationStore {
  readonly revoke: (revocation: Revocation) => Promise<void>;
  readonly isRevoked: (session: RevocableSession) => Promise<boolean>;
}
