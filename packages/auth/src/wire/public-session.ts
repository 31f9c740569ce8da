/** The person: the claims that this site keeps from the ID token (OIDC Core §5.1). */
export interface PublicUser {
  /** The person's identifier at the issuer. It is stable; use no other claim as a database key. */
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly picture?: string;
}

/**
 * What a browser may know about its session: display data, never a token. This is the body of `GET /auth/session` and the
 * `initial` of `SessionProvider`; a Server Component can pass it to a Client Component.
 */
export interface PublicSession {
  readonly user: PublicUser;
  /** Permissions at this site's own API. For display only: the server checks them again. */
  readonly permissions: readonly string[];
  /**
   * When the provider last said so, by its clock, integer seconds since the epoch: what the server rendered before may show more
   * than the person may do now, here or at another API. Absent where the site asks for no token of its own.
   */
  readonly permissionsConfirmedAt?: number;
  /** The latest end of the session, integer seconds since the epoch. */
  readonly endsAt: number;
}
