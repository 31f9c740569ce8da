import { decodeJwt } from 'jose';
import { findPermissions } from '../access/index.ts';
import { isStepUpMet, type StepUp } from '../foundation/index.ts';
import type { PublicSession, PublicUser } from '../wire/index.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { SessionContext } from './session-context.ts';
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

type ViewContext = Pick<SessionContext, 'audience' | 'permissionsClaim' | 'lifetimes' | 'clock'>;

/** The view of a session that was opened and may be used. */
export function viewSession<P extends string>(context: ViewContext, session: Session): SessionView<P> {
  const { claims } = session;
  const accessTokenClaims = findAccessTokenClaims(context, session);
  // A name outside the contract is no P, and harmless: no check asks for it.
  const permissions = permissionsIn(context, session, accessTokenClaims).filter(
    (name): name is P => name !== '',
  );
  const times = timesOf(session, context.lifetimes);
  const user = userOf(claims);
  const now = context.clock();
  return {
    user,
    issuer: claims.iss,
    sid: claims.sid,
    scope: session.scope,
    permissions,
    can: (permission) => permissions.includes(permission),
    proves: (stepUp) => isStepUpMet(claims, stepUp, now),
    idTokenClaims: claims,
    accessTokenClaims,
    times,
    toPublic: () => ({ user, permissions, endsAt: times.absoluteEndsAt }),
  };
}

/**
 * Without an audience of its own the site holds a token for another API, whose permissions say nothing about this site
 * (T-16). That token may also be opaque.
 */
function findAccessTokenClaims({ audience }: ViewContext, { accessToken }: Session): Claims | undefined {
  if (audience === undefined) return undefined;
  try {
    return decodeJwt(accessToken);
  } catch {
    return undefined; // some providers issue opaque access tokens
  }
}

type Claims = Readonly<Record<string, unknown>>;

/** The token was verified when it came, and only this site can have sealed it: it is not verified again. */
function permissionsIn(
  { permissionsClaim, lifetimes, clock }: ViewContext,
  { accessTokenExpiresAt }: Session,
  claims: Claims | undefined,
): readonly string[] {
  if (clock() >= accessTokenExpiresAt + lifetimes.staleSeconds) return [];
  return findPermissions(claims?.[permissionsClaim]) ?? [];
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
  const texts = Object.entries({ name, email, picture }).filter(([, value]) => typeof value === 'string');
  return { ...Object.fromEntries(texts), sub };
}
