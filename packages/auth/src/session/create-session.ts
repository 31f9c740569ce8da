import { MINUTE, randomId } from '../foundation/index.ts';
import type { IdTokenClaims } from '../tokens/index.ts';
import { identityClaims, keepClaims } from './kept-claims.ts';
import type { Lifetimes } from './lifetimes.ts';
import type { SessionContext } from './session-context.ts';
import type { KeptClaims, Session } from './session.ts';
import { toPersonOrder } from './stores/person-order.ts';

type CreateContext = Pick<SessionContext, 'lifetimes' | 'keepClaims' | 'keepIdToken' | 'clock'>;

/** A token response (RFC 6749 §5.1) as far as a session keeps it. */
export interface TokenResponse {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in?: number;
  readonly refresh_token?: string;
  readonly scope?: string;
  readonly id_token?: string;
}

export interface LoginMoment {
  readonly issuedAt: number;
  readonly arrivedAt: number;
  readonly nonceHash: string;
}

/**
 * A session for a person who just signed in. `issuedAt` is this site's clock before the code was redeemed, `arrivedAt` the
 * same moment among other arrivals.
 */
export function createSession(
  context: CreateContext,
  tokens: TokenResponse,
  claims: IdTokenClaims,
  { issuedAt, arrivedAt, nonceHash }: LoginMoment,
): Session {
  return {
    v: 1,
    // New at every login, whatever the browser brought along (session fixation, P-16, ASVS 5 §7.2.4).
    id: randomId(),
    claims: keepClaims(claims, context.keepClaims),
    nonceHash,
    issuedAt,
    order: toPersonOrder(claims.iat, arrivedAt),
    absoluteExpiresAt: issuedAt + context.lifetimes.absoluteSeconds,
    ...tokensOf(context, tokens),
    ...(context.keepIdToken && tokens.id_token !== undefined ? { idToken: tokens.id_token } : {}),
  };
}

/**
 * The session with renewed tokens. What the response leaves out stays as it was (RFC 6749 §6). Who signed in, how and
 * when stay those of the login, for a refresh proves nothing anew (OIDC Core §12.2).
 */
export function renewSession(
  context: CreateContext,
  session: Session,
  tokens: TokenResponse,
  claims: IdTokenClaims | undefined,
): Session {
  return {
    ...session,
    claims: withDisplayClaims(session, claims && keepClaims(claims, context.keepClaims)),
    ...tokensOf(context, tokens),
  };
}

/** The session's claims with the display claims of a renewed token; those that it does not repeat stay. */
function withDisplayClaims({ claims }: Session, renewed: KeptClaims | undefined): KeptClaims {
  const displayClaims = Object.entries(renewed ?? {}).filter(([name]) => !identityClaims.includes(name));
  return { ...claims, ...Object.fromEntries(displayClaims) };
}

/** The life of an access token whose response has no `expires_in`, which RFC 6749 §5.1 only recommends. */
const DEFAULT_LIFE_SECONDS = 5 * MINUTE;
/** Even a token of a few seconds is not renewed at every request. */
const MIN_RENEWAL_SECONDS = 5;

function tokensOf(context: CreateContext, tokens: TokenResponse) {
  const now = context.clock();
  const life = Math.floor(tokens.expires_in ?? DEFAULT_LIFE_SECONDS);
  return {
    accessToken: tokens.access_token,
    // By this site's own clock: the provider's may differ.
    accessTokenExpiresAt: now + life,
    refreshDueAt: now + Math.max(MIN_RENEWAL_SECONDS, life - refreshMargin(life, context.lifetimes)),
    lastSeenAt: now,
    ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
    ...(tokens.scope === undefined ? {} : { scope: tokens.scope }),
  };
}

/** A token that lives no longer than the margin would always be due: the margin is half its life then. */
function refreshMargin(life: number, { refreshBeforeSeconds }: Lifetimes): number {
  return life > refreshBeforeSeconds ? refreshBeforeSeconds : Math.floor(life / 2);
}
