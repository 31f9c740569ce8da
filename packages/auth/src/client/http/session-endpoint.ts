import { cookieReader, viewSession } from '../../session/index.ts';
import { updateOutdatedUnused } from '../refresh/update-session.ts';
import { signedOutElsewhereCookies } from '../silent/silent-cookie.ts';
import type { Site } from '../site.ts';
import { noStoreJson } from './responses.ts';

/**
 * `GET /auth/session`: `{ "session": … }` with display data, `null` when signed out. Other tabs check again here, by themselves:
 * that is no use of the session. It renews the session all the same where the person's permissions have changed, so that an
 * open tab shows what they may do now.
 */
export async function handleSession(site: Site, request: Request): Promise<Response> {
  const cookie = request.headers.get('cookie');
  const { session, cookies } = await updateOutdatedUnused(site, cookie);
  if (session) return noStoreJson({ session: viewSession(site, session).toPublic() }, 200, cookies);
  const wasEnded = (await site.keeper.find(cookieReader(cookie))) !== undefined;
  const ended = wasEnded ? signedOutElsewhereCookies(site, request) : [];
  return noStoreJson({ session: null }, 200, [...cookies, ...ended]);
}
