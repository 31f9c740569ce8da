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

/** A row that any process of the site wrote lately, and whose provider it concerns; `permissions`: a change of those. */
export interface RecentRevocation extends Pick<RevocationRow, 'subject' | 'at'>, Pick<Revocation, 'issuer'> {
  readonly kind: RevocationRow['kind'] | 'permissions';
}

/** The provider says that a person's permissions have changed: tokens that it issued up to `at` decide nothing any more. */
export interface PermissionsChange {
  readonly issuer: string;
  readonly sub: string;
  /** The second of the change by the provider's clock, as `iat` of its tokens is. */
  readonly at: number;
  /** After this no session that holds such a token can still be alive, so the row may be deleted. Integer seconds. */
  readonly until: number;
}

/** What a store knows of a session. */
export interface SessionState {
  readonly isRevoked: boolean;
  /** `at` of the latest change of the person's permissions; `undefined` where none is known. */
  readonly permissionsChangedAt: number | undefined;
}

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
   * Keeps a change of a person's permissions. Of two the later `at` counts: one that is not later changes nothing.
   *
   * Optional, as `findState` is. Without the two the site takes no security events, and a change counts once its access token
   * is renewed.
   *
   * @returns whether it is later than what was known
   */
  readonly changePermissions?: (change: PermissionsChange) => Promise<boolean>;
  /** `isRevoked` and the latest change of permissions, by one read: it is asked at every session read. */
  readonly findState?: (session: RevocableSession) => Promise<SessionState>;
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
