/** Claims of the ID token that a session keeps: who, how and when, and what pages show. Plain JSON. */
export interface KeptClaims {
  readonly iss: string;
  readonly sub: string;
  readonly sid?: string;
  readonly auth_time?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
  readonly name?: string;
  readonly email?: string;
  readonly picture?: string;
  readonly [claim: string]: unknown;
}

/**
 * What one site remembers about one signed-in browser. It lives sealed in the session cookie, or in a
 * `SessionStore`; it holds tokens and never leaves the server. Pages get a `SessionView`.
 * Times are integer seconds since the epoch.
 */
export interface Session {
  /** Shape version: a sealed session of another shape reads as signed out. */
  readonly v: 1;
  /** New at every login (ASVS 7.2.4), never sent anywhere. */
  readonly id: string;
  readonly claims: KeptClaims;
  readonly scope?: string;
  /** Hash of the login's nonce: a renewed ID token that carries one must carry the same (OIDC Core §12.2). */
  readonly nonceHash?: string;
  /** For this site's own API (RFC 9068), or opaque where the provider issues opaque ones. */
  readonly accessToken: string;
  readonly accessTokenExpiresAt: number;
  readonly refreshDueAt: number;
  readonly refreshToken?: string;
  /** Kept only for providers that insist on `id_token_hint` at sign-out. */
  readonly idToken?: string;
  /** This site's clock just before the code was redeemed: a revocation at or after it ends the session. */
  readonly issuedAt: number;
  /**
   * The login's place among logouts of the person, by the `iat` of its ID token; see `toPersonOrder`. `auth_time` would not
   * do: a sign-on session that outlives a logout repeats it, and the person could not get in again.
   */
  readonly order?: number;
  readonly lastSeenAt: number;
  readonly absoluteExpiresAt: number;
  /**
   * When the person's permissions last changed, as the revocation store knew it when the session was read; never sealed. It is
   * the provider's second, as the access token's `iat` is.
   */
  readonly permissionsChangedAt?: number;
}

/** Whether an opened seal holds a session of this version. The rest needs no check: only this site can have sealed it. */
export function isSession(value: unknown): value is Session {
  return (
    typeof value === 'object' && value !== null && 'v' in value && value.v === 1 && 'accessToken' in value
  );
}

/** How events name the person of a session. */
export const personOf = ({ claims }: Session): { sub: string; sid: string | undefined } => ({
  sub: claims.sub,
  sid: claims.sid,
});
