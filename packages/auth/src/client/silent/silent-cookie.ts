import { type CookieChange, cookieReader } from '../../session/index.ts';
import type { Site } from '../site.ts';

/** What the silent cookie says of this browser. It holds no secret, and decides only whether `prompt=none` is sent. */
type SilentState =
  /** `prompt=none` was sent, or the provider was just left, at this time; integer seconds. */
  | { readonly kind: 'asked'; readonly at: number }
  /** A session was opened seconds ago: so many in a row. */
  | { readonly kind: 'signed-in'; readonly sessions: number }
  /** The person signed out here, and the provider may not have heard of it. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'unreadable' };

/** Somebody who comes from another site may have signed in there a moment ago: ask again after this. */
const CROSS_SITE_RETRY_SECONDS = 10;
/** A session that was opened this recently should come back with the next request. */
const SIGNED_IN_SECONDS = 10;
/** So many sessions in a row, each seconds after the other, mean that the browser doesn't keep the cookie. */
const MAX_SESSIONS_IN_A_ROW = 3;

function findSilentState({ jar }: Site, headers: Headers): SilentState | undefined {
  const value = cookieReader(headers.get('cookie'))(jar.names.silent);
  if (value === undefined) return undefined;
  if (value === 'out') return { kind: 'signed-out' };
  const sessions = /^in\.(\d{1,3})$/.exec(value)?.[1];
  if (sessions !== undefined) return { kind: 'signed-in', sessions: Number(sessions) };
  return /^\d{1,12}$/.test(value) ? { kind: 'asked', at: Number(value) } : { kind: 'unreadable' };
}

/** The provider was just asked about this browser. */
export function askedCookie({ jar, lifetimes, clock }: Site): CookieChange {
  return jar.set(jar.names.silent, String(clock()), lifetimes.silentRetrySeconds);
}

/** A session was just opened. If the browser doesn't bring it back, another login won't help. */
export function signedInCookie(site: Site, { headers }: Request): CookieChange {
  const sessions = countSessions(findSilentState(site, headers)) + 1;
  return site.jar.set(site.jar.names.silent, `in.${sessions}`, SIGNED_IN_SECONDS);
}

/** The person just signed out: nobody is to be signed in again behind their back. */
export function signedOutCookie({ jar, lifetimes }: Site): CookieChange {
  return jar.set(jar.names.silent, 'out', lifetimes.absoluteSeconds);
}

/**
 * The session was ended elsewhere, and the tab that found out loads its page anew, unasked: that must not go to the provider
 * and back in each open tab.
 */
export function signedOutElsewhereCookies(site: Site, { headers }: Request): readonly CookieChange[] {
  const isSilent = site.options.silentSignIn === true && findSilentState(site, headers) === undefined;
  return isSilent ? [askedCookie(site)] : [];
}

/** Whether it is too soon to ask the provider about this browser. */
export function wasAskedRecently(site: Site, { headers }: Request): boolean {
  const state = findSilentState(site, headers);
  if (state?.kind !== 'asked') return state !== undefined;
  const isCrossSite = headers.get('sec-fetch-site') === 'cross-site';
  const retrySeconds = isCrossSite ? CROSS_SITE_RETRY_SECONDS : site.lifetimes.silentRetrySeconds;
  return site.clock() - state.at < retrySeconds;
}

/** Whether session after session was opened in this browser within the last seconds. */
export function isLoginLoop(site: Site, { headers }: Request): boolean {
  return countSessions(findSilentState(site, headers)) >= MAX_SESSIONS_IN_A_ROW;
}

const countSessions = (state: SilentState | undefined): number =>
  state?.kind === 'signed-in' ? state.sessions : 0;
