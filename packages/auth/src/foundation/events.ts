import type { AuthErrorCode } from './errors.ts';

/**
 * What happened at a decision point. Events carry ids, claim names, compared values and outcomes; never a token,
 * code, verifier, cookie or secret. `stateHash` is the SHA-256 of `state`, base64url: it joins the hops of one login.
 */
export type AuthEvent = LoginEvent | SessionEvent | LogoutEvent | ApiEvent | ProviderEvent;

/** Gets every event, synchronously: keep it quick. It only watches; what it throws is ignored. */
export type Observe = (event: AuthEvent) => void;

/** Tells the observer, if there is one. A broken logger must not break a login. */
export function notify(observe: Observe | undefined, event: AuthEvent): void {
  try {
    observe?.(event);
  } catch {
    // Watching decides nothing.
  }
}

/** The authorization code flow of a site. */
export type LoginEvent =
  | (OfClient<'login.started'> & { readonly stateHash: string; readonly silent: boolean })
  | (OfClient<'callback.accepted'> & { readonly stateHash: string } & OfPerson)
  | (OfClient<'callback.rejected'> &
      Refused & { readonly stateHash?: string | undefined; readonly providerError?: string | undefined })
  | (OfClient<'code.consumed'> & { readonly stateHash: string })
  | (OfClient<'userinfo.failed'> & OfPerson & Refused);

/** The life of a site's session. */
export type SessionEvent =
  | (OfClient<'session.opened'> & OfPerson)
  | (OfClient<'session.ended'> & OfPerson & { readonly reason: SessionEnd })
  | (OfClient<'session.revoked'> & { readonly sid?: string | undefined; readonly sub?: string | undefined })
  | (OfClient<'session.rejected'> & Refused)
  | (OfClient<'token.refreshed'> & OfPerson & { readonly expiresAt: number })
  | (OfClient<'refresh.failed'> & OfPerson & Refused & { readonly transient: boolean })
  | (OfClient<'refresh.unshared'> & Refused)
  | (OfClient<'session.unsaved'> & OfPerson & Refused)
  /** `store` is the option's name; the error that reached the caller has the cause. */
  | (OfClient<'store.failed'> & Refused & { readonly store: string })
  | (OfClient<'token.exchanged'> & OfPerson & { readonly audience: string; readonly expiresAt: number })
  | (OfClient<'exchange.failed'> &
      OfPerson &
      Refused & { readonly audience: string; readonly transient: boolean });

/**
 * Why a session ended: by the person, by the provider, because its tokens were refused or have none to renew them, or by
 * a new login. One that ends by time is just not there any more.
 */
export type SessionEnd = 'sign-out' | 'revoked' | 'refresh-rejected' | 'unrenewable' | 'replaced';

/** Sign-out, both directions, and the guard of every state change. */
export type LogoutEvent =
  | (OfClient<'logout.started'> & OfPerson)
  | (OfClient<'revocation.failed'> & OfPerson & Refused)
  | (OfClient<'logout.received'> & { readonly sid?: string | undefined; readonly sub?: string | undefined })
  | (OfClient<'logout.rejected'> & Refused)
  | (OfClient<'csrf.rejected'> & { readonly path: string; readonly origin: string | undefined });

/** Bearer tokens at an API. */
export type ApiEvent =
  | ({ readonly type: 'bearer.accepted'; readonly audience: string } & BearerFacts)
  | ({
      readonly type: 'bearer.rejected';
      readonly audience: string;
      readonly permission?: string | undefined;
    } & Refused);

/** What a site or an API learned from its provider. */
export type ProviderEvent =
  | { readonly type: 'discovery.fetched'; readonly issuer: string }
  | { readonly type: 'keys.fetched'; readonly jwksUri: string; readonly kids: readonly string[] }
  | {
      readonly type: 'keys.failed';
      readonly jwksUri: string;
      readonly reason: string;
      readonly cached: number;
    }
  | { readonly type: 'config.warned'; readonly message: string };

interface OfClient<T extends string> {
  readonly type: T;
  readonly issuer: string;
  readonly clientId: string;
}

interface OfPerson {
  readonly sub: string;
  /** Absent where the provider names no session (OIDC Front-Channel Logout 1.0 §3). */
  readonly sid?: string | undefined;
}

interface Refused {
  readonly code: AuthErrorCode;
  /** The error's message: cause and fix, without secrets. */
  readonly message: string;
}

interface BearerFacts {
  readonly sub: string;
  readonly clientId: string;
  readonly jti: string;
  readonly sid?: string | undefined;
  /** Whether the verification was remembered from an earlier request. */
  readonly remembered: boolean;
}
