/** One decision to end sessions: those of a provider session (`sid`), or all of a person (`sub`). */
export interface Revocation {
  readonly issuer: string;
  readonly sid?: string;
  readonly sub?: string;
  /** Sessions opened at or before this moment end; a later login is a new decision. Integer seconds. */
  readonly at: number;
  /**
   * For `sub`: the logout's place among the person's logins, which decides in place of `at` about sessions that have one.
   * An integer below 2^53.
   */
  readonly order?: number;
  /** After this no session of that age can still be alive, so the row may be deleted. Integer seconds. */
  readonly until: number;
}

/** What a store keeps of a revocation. `order` is a row beside `sub`, which earlier releases read and wrote alone. */
export interface RevocationRow {
  readonly kind: 'sid' | 'sub' | 'order';
  /** The sid or sub. */
  readonly subject: string;
  readonly at: number;
  readonly until: number;
}

/** A row that any process of the site wrote lately, and whose provider it concerns. */
export type RecentRevocation = Omit<RevocationRow, 'until'> & Pick<Revocation, 'issuer'>;

/** What identifies a session to the revocation store. */
export interface RevocableSession {
  readonly issuer: string;
  readonly sid: string;
  /** The site's own name of the session. A login that took its place ended it by this name, as a `sid`. */
  readonly id?: string;
  readonly sub: string;
  readonly issuedAt: number;
  /** The login's place among logouts of the person; absent in sessions of earlier releases. */
  readonly order?: number;
  /** Whether the session is only being opened: a logout that arrived since its code went out ends it too. */
  readonly isOpening?: boolean;
}

/**
 * Where a site remembers ended sessions; read at every session read, so keep it near (the app's own database).
 *
 * `createSqlStores` creates one in a SQL database. One of your own stores the rows that `rowsOf` gives and asks `isEnded`;
 * `revocationContract` of `@sso/auth/testing` says what it must do.
 */
export interface RevocationStore {
  readonly revoke: (revocation: Revocation) => Promise<void>;
  readonly isRevoked: (session: RevocableSession) => Promise<boolean>;
  /**
   * The rows that were written at that moment or later, by the clocks of the processes that wrote them. Each process asks once
   * a second while tabs are open, for the last half a minute: rows come many times, and an index should find them.
   *
   * Optional. Without it a tab that hangs on another process than the one that took the logout hears of it within a minute.
   *
   * @param moment integer seconds
   */
  readonly findSince?: (moment: number) => Promise<readonly RecentRevocation[]>;
}
