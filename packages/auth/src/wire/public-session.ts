/** The person, in the display claims that this site kept from the ID token (OIDC Core §5.1). */
export interface PublicUser {
  /** The person's identifier at the issuer; stable, and the only claim to key data by. */
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  readonly picture?: string;
}

/**
 * What a browser may know about its session: display data, never a token. It is the body of `GET /auth/session`
 * and the `initial` of `SessionProvider`; a Server Component can hand it to a Client Component as it is.
 */
export interface PublicSession {
  readonly user: PublicUser;
  /** Permissions at this site's own API. For display only: the server decides again. */
  readonly permissions: readonly string[];
  /** Integer seconds since the epoch at which the session ends whatever happens. */
  readonly endsAt: number;
}
