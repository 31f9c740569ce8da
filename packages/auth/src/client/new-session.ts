import type { TokenEndpointResponse } from 'oauth4webapi';
import { randomId } from '../foundation/index.ts';
import {
  identityClaims,
  keepClaims,
  type KeptClaims,
  type Lifetimes,
  type Session,
} from '../session/index.ts';
import type { IdTokenClaims } from '../tokens/index.ts';
import type { Site } from './site.ts';

/** A session for a person who just signed in. `issuedAt` is this site's clock before the code was redeemed. */
export function createSession(
  site: Site,
  tokens: TokenEndpointResponse,
  claims: IdTokenClaims,
  { issuedAt, nonceHash }: Pick<Session, 'issuedAt'> & { readonly nonceHash: string },
): Session {
  return {
    v: 1,
    // New at every login, whatever the browser brought along (session fixation, P-16, ASVS 5 §7.2.4).
    id: randomId(),
    claims: keepClaims(claims, site.keepClaims),
    nonceHash,
    issuedAt,
    absoluteExpiresAt: issuedAt + site.lifetimes.absoluteSeconds,
    ...tokensOf(site, tokens),
    ...(site.options.idTokenHintAtLogout && tokens.id_token !== undefined
      ? { idToken: tokens.id_token }
      : {}),
  };
}

/**
 * The session with renewed tokens; what the response leaves out stays as it was (RFC 6749 §6), and who, how and when
 * stay those of the login: a refresh proves nothing anew (OIDC Core §12.2).
 */
export function renewSession(
  site: Site,
  session: Session,
  tokens: TokenEndpointResponse,
  claims: IdTokenClaims | undefined,
): Session {
  return {
    ...session,
    claims: withShown(session, claims && keepClaims(claims, site.keepClaims)),
    ...tokensOf(site, tokens),
  };
}

/** The session's claims with what a renewed token shows anew; what it does not repeat stays. */
function withShown({ claims }: Session, renewed: KeptClaims | undefined): KeptClaims {
  const shown = Object.entries(renewed ?? {}).filter(([name]) => !identityClaims.includes(name));
  return { ...claims, ...Object.fromEntries(shown) };
}

/** An access token that names no end of its own is asked for anew after this (RFC 6749 §5.1 recommends `expires_in`). */
const UNSTATED_SECONDS = 300;
/** However short a token lives, it is not asked for at every request. */
const SHORTEST_SECONDS = 5;

function tokensOf(site: Site, tokens: TokenEndpointResponse) {
  const now = site.clock();
  const life = Math.floor(tokens.expires_in ?? UNSTATED_SECONDS);
  return {
    accessToken: tokens.access_token,
    // By our own clock, so that a skewed one can't shift it.
    accessTokenExpiresAt: now + life,
    refreshDueAt: now + Math.max(SHORTEST_SECONDS, life - refreshMargin(life, site.lifetimes)),
    lastSeenAt: now,
    ...(tokens.refresh_token === undefined ? {} : { refreshToken: tokens.refresh_token }),
    ...(tokens.scope === undefined ? {} : { scope: tokens.scope }),
  };
}

/** A token that lives no longer than the margin would be due at once and for ever; half its life then. */
function refreshMargin(life: number, { refreshBeforeSeconds }: Lifetimes): number {
  return life > refreshBeforeSeconds ? refreshBeforeSeconds : Math.floor(life / 2);
}
