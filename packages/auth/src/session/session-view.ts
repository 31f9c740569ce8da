import { decodeJwt } from 'jose';
import { findPermissions } from '../access/index.ts';
import { isStepUpMet, type StepUp } from '../foundation/index.ts';
import type { PublicSession, PublicUser } from '../wire/index.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { KeptClaims, Session } from './session.ts';

/** The clocks of a session, integer seconds since the epoch. */
export interface SessionTimes {
  /** When the person last proved who they are at the provider (`auth_time`), if it said so. */
  readonly authenticatedAt: number | undefined;
  /** When this site opened the session. */
  readonly signedInAt: number;
  readonly lastSeenAt: number;
  /** From here on the session is renewed at the next request that can set a cookie. */
  readonly refreshDueAt: number;
  readonly accessTokenExpiresAt: number;
  /** The session ends here unless the person comes back before. */
  readonly idleEndsAt: number;
  /** The session ends here whatever happens. */
  readonly absoluteEndsAt: number;
}

/** What pages, handlers and actions get of a session: decoded claims and decisions, never a token string. */
export interface SessionView<P extends string = string> {
  readonly user: PublicUser;
  readonly issuer: string;
  /** The provider's session identifier (OIDC Front-Channel Logout 1.0 §3). */
  readonly sid: string | undefined;
  readonly scope: string | undefined;
  /** Permissions at this site's own API. Empty once the access token is too long past its end. */
  readonly permissions: readonly P[];
  /** Whether the person may do this here, by the permissions above. */
  // A property and not a method: methods are compared both ways, and a view of some permissions would pass for one of any.
  readonly can: (permission: P) => boolean;
  /** Whether the person proved who they are recently and strongly enough (`auth_time`, `acr`). */
  readonly proves: (stepUp: StepUp) => boolean;
  /** What this site kept of the ID token. */
  readonly idTokenClaims: KeptClaims;
  /** The decoded access token for this site's own API; `undefined` where the site asks for none. */
  readonly accessTokenClaims: Readonly<Record<string, unknown>> | undefined;
  readonly times: SessionTimes;
  /** The same session as plain data for the browser, e.g. `SessionProvider`'s `initial`. */
  readonly toPublic: () => PublicSession;
}

export interface ViewOptions {
  /** Whether the access token is for this site's own API: another one says nothing about what is allowed here. */
  readonly readsAccessToken: boolean;
  /** The access token's claim that lists permissions. */
  readonly permissionsClaim: string;
  readonly lifetimes: Lifetimes;
  /** Integer seconds. */
  readonly now: number;
}

/** The view of a session that was opened and may be used. */
export function viewOf<P extends string>(session: Session, options: ViewOptions): SessionView<P> {
  const { claims } = session;
  // T-16: a token for somebody else's API may carry permissions, of that API.
  const accessTokenClaims = options.readsAccessToken ? decodeClaims(session.accessToken) : undefined;
  const stale = options.now >= session.accessTokenExpiresAt + options.lifetimes.staleSeconds;
  const held = stale ? [] : findPermissions(accessTokenClaims?.[options.permissionsClaim]);
  // The seal vouches that this token was verified when it came; names outside the contract match no check.
  const permissions = (held ?? []).filter((name): name is P => name !== '');
  const times = timesOf(session, options.lifetimes);
  const user = userOf(claims);
  return {
    user,
    issuer: claims.iss,
    sid: claims.sid,
    scope: session.scope,
    permissions,
    can: (permission) => permissions.includes(permission),
    proves: (stepUp) => isStepUpMet(claims, stepUp, options.now),
    idTokenClaims: claims,
    accessTokenClaims,
    times,
    toPublic: () => ({ user, permissions, endsAt: times.absoluteEndsAt }),
  };
}

function timesOf(session: Session, { idleSeconds }: Lifetimes): SessionTimes {
  return {
    authenticatedAt: session.claims.auth_time,
    signedInAt: session.issuedAt,
    lastSeenAt: session.lastSeenAt,
    refreshDueAt: session.refreshDueAt,
    accessTokenExpiresAt: session.accessTokenExpiresAt,
    idleEndsAt: session.lastSeenAt + idleSeconds,
    absoluteEndsAt: session.absoluteExpiresAt,
  };
}

function userOf({ sub, name, email, picture }: KeptClaims): PublicUser {
  const shown = Object.entries({ name, email, picture }).filter(([, value]) => typeof value === 'string');
  return { ...Object.fromEntries(shown), sub };
}

function decodeClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return decodeJwt(token);
  } catch {
    return undefined; // opaque: some providers issue access tokens that are none of the client's business
  }
}
