import { findSession, viewSession } from '../../session/index.ts';
import type { Site } from '../site.ts';
import { noStoreJson } from './responses.ts';

/** `GET /auth/session`: `{ "session": … }` with display data, `null` when signed out. Other tabs check again here. */
export async function handleSession(site: Site, request: Request): Promise<Response> {
  const session = await findSession(site, request.headers.get('cookie'));
  return noStoreJson({ session: session ? viewSession(site, session).toPublic() : null });
}
