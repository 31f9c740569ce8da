import { findSession, viewSession } from './find-session.ts';
import { privateJson } from './responses.ts';
import type { Site } from './site.ts';

/** `GET /auth/session`: `{ "session": … }` with display data, `null` when signed out. Other tabs re-check here. */
export async function answerSession(site: Site, request: Request): Promise<Response> {
  const session = await findSession(site, request.headers.get('cookie'));
  return privateJson({ session: session ? viewSession(site, session).toPublic() : null });
}
