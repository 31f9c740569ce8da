import { cookieReader, findSession, viewSession } from '../../session/index.ts';
import { signedOutElsewhereCookies } from '../silent/silent-cookie.ts';
import type { Site } from '../site.ts';
import { noStoreJson } from './responses.ts';

/** `GET /auth/session`: `{ "session": … }` with display data, `null` when signed out. Other tabs check again here. */
export async function handleSession(site: Site, request: Request): Promise<Response> {
  const cookie = request.headers.get('cookie');
  const session = await findSession(site, cookie);
  if (session) return noStoreJson({ session: viewSession(site, session).toPublic() });
  const wasEnded = (await site.keeper.find(cookieReader(cookie))) !== undefined;
  return noStoreJson({ session: null }, 200, wasEnded ? signedOutElsewhereCookies(site, request) : []);
}
