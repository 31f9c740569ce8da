import { findPermissions } from '../access/index.ts';
import { isStepUpMet, type StepUp } from '../foundation/index.ts';
import type { PublicSession, PublicUser } from '../wire/index.ts';
import type { Lifetimes } from './lifetimes.ts';
import { findOwnClaims, hasOutdatedToken } from './own-token.ts';
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
  /**
   * When the provider last said what the person may do here: the `iat` of the site's own access token, by the provider's clock.
   * `undefined` where the site asks for none.
   */
  readonly permissionsConfirmedAt: number | undefined;
  /**
   * The greatest age in seconds at which those permissions can still count: the access token's life and, while the provider is
   * down, `staleSeconds` more. A provider that sends security events ends them at once.
   */
  readonly permissionsMaxAgeSeconds: number | undefined;
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
  const accessTokenClaims = findOwnClaims(context, session);
  // A name outside the contract is no P, and harmless: no check asks for it.
  const permissions = permissionsIn(context, session, accessTokenClaims).filter(
    (name): name is P => name !== '',
  );
  const times = { ...timesOf(session, context.lifetimes), ...permissionTimesOf(context, accessTokenClaims) };
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
    toPublic: () => ({ user, permissions, ...confirmed(times), endsAt: times.absoluteEndsAt }),
  };
}

type Claims = Readonly<Record<string, unknown>>;

/** Nothing once the token is too long past its end, or older than a change of the person's permissions (N-03). */
function permissionsIn(
  context: ViewContext,
  session: Session,
  claims: Claims | undefined,
): readonly string[] {
  const { permissionsClaim, lifetimes, clock } = context;
  const isOver = clock() >= session.accessTokenExpiresAt + lifetimes.staleSeconds;
  if (isOver || hasOutdatedToken(context, session)) return [];
  return findPermissions(claims?.[permissionsClaim]) ?? [];
}

type PermissionTimes = Pick<SessionTimes, 'permissionsConfirmedAt' | 'permissionsMaxAgeSeconds'>;

function permissionTimesOf({ lifetimes }: ViewContext, claims: Claims | undefined): PermissionTimes {
  const [iat, exp] = [claims?.['iat'], claims?.['exp']];
  if (typeof iat !== 'number' || typeof exp !== 'number')
    return { permissionsConfirmedAt: undefined, permissionsMaxAgeSeconds: undefined };
  const permissionsMaxAgeSeconds = Math.ceil(exp - iat) + lifetimes.staleSeconds;
  return { permissionsConfirmedAt: Math.floor(iat), permissionsMaxAgeSeconds };
}

const confirmed = ({
  permissionsConfirmedAt,
}: PermissionTimes): Pick<PublicSession, 'permissionsConfirmedAt'> =>
  permissionsConfirmedAt === undefined ? {} : { permissionsConfirmedAt };

function timesOf(session: Session, { idleSeconds }: Lifetimes): Omit<SessionTimes, keyof PermissionTimes> {
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
