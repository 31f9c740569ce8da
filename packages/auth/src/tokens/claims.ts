/** Who acts for the subject (RFC 8693 §4.1); nested for a chain of actors. */
export interface ActorClaim {
  readonly sub: string;
  readonly act?: ActorClaim | undefined;
  readonly [claim: string]: unknown;
}

/** Which key a token is bound to (RFC 7800 §3.1). */
export interface ConfirmationClaim {
  /** The thumbprint of a DPoP key (RFC 9449 §6.1): 43 characters, base64url. */
  readonly jkt?: string | undefined;
  readonly [method: string]: unknown;
}

/** When and how a person signed in (OIDC Core §2). */
export interface AuthenticationClaims {
  /** Seconds since the epoch; some issuers write a fraction. */
  readonly auth_time?: number | undefined;
  readonly acr?: string | undefined;
  readonly amr?: readonly string[] | undefined;
}

/** An access token for one API (RFC 9068 §2.2). Times are seconds since the epoch, with a fraction where the
 * issuer writes one (RFC 7519 §2). */
export interface AccessTokenClaims extends AuthenticationClaims {
  readonly iss: string;
  readonly sub: string;
  /** Exactly one audience: a token for several APIs could be replayed by one of them at another. */
  readonly aud: string;
  readonly exp: number;
  readonly iat: number;
  readonly jti: string;
  readonly client_id: string;
  /** Space-separated, RFC 8693 §4.2. */
  readonly scope?: string | undefined;
  /**
   * What the subject may do at this audience. Issuers differ in the claim's name and shape, so it is checked where it is
   * read: a resource server reads the claim that its `permissionsClaim` names.
   */
  readonly permissions?: unknown;
  /** The provider's sign-on session (OIDC Front-Channel Logout 1.0 §3). */
  readonly sid?: string | undefined;
  readonly act?: ActorClaim | undefined;
  /** Whoever presents such a token has to prove that key; without `cnf` it works for whoever holds it. */
  readonly cnf?: ConfirmationClaim | undefined;
  readonly [claim: string]: unknown;
}

/** An ID token: who signed in at one client (OIDC Core §2). Times are seconds since the epoch, with a fraction where the
 * issuer writes one (RFC 7519 §2). */
export interface IdTokenClaims extends AuthenticationClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string | readonly string[];
  readonly exp: number;
  readonly iat: number;
  readonly nonce?: string | undefined;
  readonly azp?: string | undefined;
  readonly sid?: string | undefined;
  readonly at_hash?: string | undefined;
  readonly [claim: string]: unknown;
}

/** The member of `events` that makes a token a logout token (OIDC Back-Channel Logout 1.0 §2.4). */
export const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** A logout token: the provider tells one client which sessions to end (OIDC Back-Channel Logout 1.0 §2.4). */
export interface LogoutTokenClaims {
  readonly iss: string;
  readonly aud: string | readonly string[];
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly events: { readonly [LOGOUT_EVENT]: object };
  /** At least one of `sid` and `sub` is present. */
  readonly sid?: string | undefined;
  readonly sub?: string | undefined;
  readonly [claim: string]: unknown;
}

/** The event that says that what tokens claim of a person has changed (CAEP 1.0 §3.2). */
export const TOKEN_CLAIMS_CHANGE = 'https://schemas.openid.net/secevent/caep/event-type/token-claims-change';

/** What has changed, and when; the second is the provider's own, as `iat` of its tokens is. */
export interface TokenClaimsChange {
  /** The claims with their new values. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds since the epoch. A token whose `iat` is not after it says what no longer counts. */
  readonly event_timestamp: number;
}

/** A person, as one issuer names them to its reader (RFC 9493 §3.2.3). */
export interface IssuerSubject {
  readonly format: 'iss_sub';
  readonly iss: string;
  readonly sub: string;
}

/**
 * A security event token (RFC 8417): the provider tells one client that a person's claims have changed. It has neither
 * `exp`, since what has happened stays true, nor `sub`, so that it passes for no other token.
 */
export interface SecurityEventClaims {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly jti: string;
  readonly sub_id: IssuerSubject;
  readonly events: { readonly [TOKEN_CLAIMS_CHANGE]: TokenClaimsChange };
}
