import type { DetailEvent } from './detail-events.ts';
import type { AuthErrorCode } from './errors.ts';

/**
 * What happened at a decision point. Events carry ids, claim names, compared values and outcomes; never a token,
 * code, verifier, cookie or secret. `stateHash` is the SHA-256 of `state`, base64url: it joins the hops of one login.
 */
export type AuthEvent =
  | LoginEvent
  | SessionEvent
  | LogoutEvent
  | PermissionsEvent
  | ApiEvent
  | ProviderEvent
  | DetailEvent;

/** Receives every event synchronously, so it has to be quick. What it throws is ignored. */
export type Observe = (event: AuthEvent) => void;

/** Calls the observer, if there is one. A broken logger must not break a login. */
export function notify(observe: Observe | undefined, event: AuthEvent): void {
  try {
    observe?.(event);
  } catch {
    // An observer has no say in what happens.
  }
}

/** The authorization code flow of a site. */
export type LoginEvent =
  | (ClientEvent<'login.started'> & { readonly stateHash: string; readonly silent: boolean })
  | (ClientEvent<'callback.accepted'> & { readonly stateHash: string } & SubjectFields)
  | (ClientEvent<'callback.rejected'> &
      RefusalFields & {
        readonly stateHash?: string | undefined;
        readonly providerError?: string | undefined;
      })
  | (ClientEvent<'code.consumed'> & { readonly stateHash: string })
  | (ClientEvent<'userinfo.failed'> & SubjectFields & RefusalFields);

/** The life of a site's session. */
export type SessionEvent =
  | (ClientEvent<'session.opened'> & SubjectFields)
  | (ClientEvent<'session.ended'> & SubjectFields & { readonly reason: SessionEndReason })
  | (ClientEvent<'session.revoked'> & {
      readonly sid?: string | undefined;
      readonly sub?: string | undefined;
    })
  | (ClientEvent<'session.rejected'> & RefusalFields)
  | (ClientEvent<'token.refreshed'> & SubjectFields & { readonly expiresAt: number })
  | (ClientEvent<'refresh.failed'> & SubjectFields & RefusalFields & { readonly transient: boolean })
  | (ClientEvent<'refresh.unshared'> & RefusalFields)
  | (ClientEvent<'session.unsaved'> & SubjectFields & RefusalFields)
  /** `store` is the option's name; the error that the caller gets carries the cause. */
  | (ClientEvent<'store.failed'> & RefusalFields & { readonly store: string })
  | (ClientEvent<'token.exchanged'> &
      SubjectFields & {
        readonly audience: string;
        readonly expiresAt: number;
        /** The browser's key that the token is bound to, where a page asked for it (RFC 9449 §6.1). */
        readonly jkt?: string | undefined;
        /** This client, where its API acts for the person who called it. */
        readonly actor?: string;
      })
  | (ClientEvent<'exchange.failed'> &
      SubjectFields &
      RefusalFields & { readonly audience: string; readonly transient: boolean });

/**
 * Why a session ended: the person signed out (`sign-out`), the provider ended it (`revoked`), the provider refused its
 * refresh token (`refresh-rejected`), its tokens expired and there is no refresh token (`unrenewable`), or a new login took
 * its place (`replaced`). A session that reaches its time limit causes no event.
 */
export type SessionEndReason = 'sign-out' | 'revoked' | 'refresh-rejected' | 'unrenewable' | 'replaced';

/** Sign-out from the site and from the provider, and refused cross-site requests. */
export type LogoutEvent =
  | (ClientEvent<'logout.started'> & SubjectFields)
  | (ClientEvent<'revocation.failed'> & SubjectFields & RefusalFields)
  | (ClientEvent<'logout.received'> & {
      readonly sid?: string | undefined;
      readonly sub?: string | undefined;
    })
  | (ClientEvent<'logout.rejected'> & RefusalFields)
  | (ClientEvent<'csrf.rejected'> & { readonly path: string; readonly origin: string | undefined });

/** What the provider says of people's permissions. */
export type PermissionsEvent =
  /** `changedAt`: the provider's second. `isNews`: whether it is later than what this site knew. */
  | (ClientEvent<'permissions.changed'> & {
      readonly sub: string;
      readonly jti: string;
      readonly changedAt: number;
      readonly isNews: boolean;
    })
  | (ClientEvent<'event.rejected'> & RefusalFields);

/** Bearer tokens at an API. */
export type ApiEvent =
  | ({ readonly type: 'bearer.accepted'; readonly audience: string } & BearerFields)
  | ({
      readonly type: 'bearer.rejected';
      readonly audience: string;
      readonly permission?: string | undefined;
      /** What the refused token is bound to, where that much of it was verified. */
      readonly jkt?: string | undefined;
    } & RefusalFields);

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

interface ClientEvent<T extends string> {
  readonly type: T;
  readonly issuer: string;
  readonly clientId: string;
}

interface SubjectFields {
  readonly sub: string;
  /** Absent where the provider names no session (OIDC Front-Channel Logout 1.0 §3). */
  readonly sid?: string | undefined;
}

interface RefusalFields {
  readonly code: AuthErrorCode;
  /** The error's message: cause and fix, without secrets. */
  readonly message: string;
}

interface BearerFields {
  readonly sub: string;
  readonly clientId: string;
  readonly jti: string;
  readonly sid?: string | undefined;
  /** The client that acts for the person (`act.sub`, RFC 8693 §4.1). */
  readonly actor?: string | undefined;
  /** The thumbprint of the key that the token is bound to, and that was proved (RFC 9449 §6.1). */
  readonly jkt?: string | undefined;
  /** Whether the result came from the cache of verified tokens. */
  readonly remembered: boolean;
}
