import { type CookieChange, cookieReader, type CookieSource } from '../../session/index.ts';
import type { Site } from '../site.ts';
import type { EndedSession } from './ended-session.ts';

/** A sign-out that the provider could not be told of. It lies sealed in a cookie of the browser that signed out. */
export interface PostponedLogout extends EndedSession {
  readonly v: 1;
  /** When the browser was last sent to the provider with it, integer seconds, and how often. */
  readonly askedAt: number;
  readonly tries: number;
}

/** The cookie for a session that just ended; none where nothing names it to the provider. */
export async function postponeLogout(site: Site, ended: EndedSession): Promise<CookieChange[]> {
  if (ended.sid === undefined && ended.idToken === undefined) return [];
  return [await postponedCookie(site, { ...ended, v: 1, askedAt: 0, tries: 0 })];
}

export async function postponedCookie(
  { jar, transactionSealer, clock }: Site,
  postponed: PostponedLogout,
): Promise<CookieChange> {
  const sealed = await transactionSealer.seal('postponed-logout', postponed);
  return jar.set(jar.names.logout, sealed, postponed.until - clock());
}

export async function findPostponedLogout(
  { jar, transactionSealer, clock }: Site,
  cookies: CookieSource,
): Promise<PostponedLogout | undefined> {
  const cookie = cookieReader(cookies)(jar.names.logout);
  const opened = await transactionSealer.open('postponed-logout', cookie);
  return isPostponed(opened) && opened.until > clock() ? opened : undefined;
}

/** Only this site can have sealed it: its shape needs no more checks. */
function isPostponed(value: unknown): value is PostponedLogout {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === 1 && 'tries' in value;
}

/** Takes it out of a browser: the sign-out is done, or the person signed in again. */
export function dropPostponedLogout({ jar }: Site, cookies: CookieSource): CookieChange[] {
  const isThere = cookieReader(cookies)(jar.names.logout) !== undefined;
  return isThere ? [jar.remove(jar.names.logout)] : [];
}
