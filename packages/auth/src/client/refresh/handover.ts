import { randomId } from '../../foundation/index.ts';
import { cookieReader, type CookieSource, type Session } from '../../session/index.ts';
import type { Site } from '../site.ts';
import type { SessionUpdate } from './update-session.ts';

/** Longer than a server takes from one layer to the next, and too short to matter for anything else. */
const HANDOVER_SECONDS = 5;

/**
 * Keeps the session that was just read, so that the stores are asked once for each request and not once for each layer.
 *
 * @returns the key to take it by: 128 random bits that no client can guess, valid only with the cookie of this request.
 */
export function handOver(site: Site, cookies: CookieSource, update: SessionUpdate): string | undefined {
  const { names } = site.jar;
  const change = update.cookies.find(({ name }) => name === names.session);
  const cookie = change ? change.value : cookieReader(cookies)(names.session);
  if (!update.session || cookie === undefined) return undefined;
  const key = randomId();
  site.memory.handovers.add(key, { cookie, session: update.session }, site.clock() + HANDOVER_SECONDS);
  return key;
}

/** The session that was handed over by this key, for the same cookie only. */
export function takeHandover(
  site: Site,
  cookies: CookieSource,
  key: string | undefined,
): Session | undefined {
  const found = key === undefined ? undefined : site.memory.handovers.find(key);
  return found?.cookie === cookieReader(cookies)(site.jar.names.session) ? found?.session : undefined;
}
