import { type CookieChange, cookieReader } from '../session/index.ts';
import type { Site } from './site.ts';

// One cookie remembers what silent questions depend on, and whether a login goes round in a circle. It holds no secret.

/** Somebody who comes over from another site may have signed in there a moment ago: ask again, but not in a circle. */
const ARRIVAL_SECONDS = 10;
/** So many sessions in a row, each seconds after the other, are one that does not stick. */
const MAX_ARRIVALS = 3;
const OUT = 'out';
const IN = 'in.';

/** The provider was just asked about this browser. */
export function askedMarker({ jar, lifetimes, clock }: Site): CookieChange {
  return jar.set(jar.names.silent, String(clock()), lifetimes.silentRetrySeconds);
}

/** A session was opened a moment ago: if the browser doesn't bring it back, going round again won't help. */
export function arrivedMarker(site: Site, { headers }: Request): CookieChange {
  return site.jar.set(site.jar.names.silent, `${IN}${arrivalsOf(site, headers) + 1}`, ARRIVAL_SECONDS);
}

/** The person signed out here, and the provider may not have heard of it: nobody is signed in again behind their back. */
export function leftMarker({ jar, lifetimes }: Site): CookieChange {
  return jar.set(jar.names.silent, OUT, lifetimes.absoluteSeconds);
}

/** Whether this browser is not to be asked about now. */
export function wasAskedLately(site: Site, { headers }: Request): boolean {
  const marker = readMarker(site, headers);
  if (marker === undefined) return false;
  if (marker.startsWith(IN) || marker === OUT) return true;
  const age = site.clock() - Number(marker);
  const isArrival = headers.get('sec-fetch-site') === 'cross-site';
  const enough = isArrival ? ARRIVAL_SECONDS : site.lifetimes.silentRetrySeconds;
  return !(age >= enough);
}

/** Whether session after session was opened here within the last seconds. */
export function isGoingRound(site: Site, { headers }: Request): boolean {
  return arrivalsOf(site, headers) >= MAX_ARRIVALS;
}

function arrivalsOf(site: Site, headers: Headers): number {
  const marker = readMarker(site, headers);
  return marker?.startsWith(IN) ? Number(marker.slice(IN.length)) || 0 : 0;
}

const readMarker = ({ jar }: Site, headers: Headers) => cookieReader(headers.get('cookie'))(jar.names.silent);
