import { isAuthError } from '../foundation/index.ts';
import { authPaths } from '../wire/index.ts';
import { handleBoundToken } from './exchange/bound-token.ts';
import { handleEvents } from './events/events-endpoint.ts';
import { handleCallback } from './callback/callback.ts';
import { reportCookies } from './http/cookie-details.ts';
import { failureResponse } from './http/failure-page.ts';
import { toFailure } from './http/failure.ts';
import { noStoreResponse } from './http/responses.ts';
import { handleSession } from './http/session-endpoint.ts';
import { handleLogin } from './login/login.ts';
import { handleLoginByPost } from './login/login-by-post.ts';
import { handleBackchannelLogout } from './logout/backchannel-logout.ts';
import { handleLoggedOut } from './logout/logged-out.ts';
import { handleLogout } from './logout/logout.ts';
import { handleSecurityEvent } from './permissions/security-event.ts';
import type { Site } from './site.ts';

interface Route {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly handle: (site: Site, request: Request) => Promise<Response>;
}

const routes: readonly Route[] = [
  { path: authPaths.login, method: 'GET', handle: handleLogin },
  { path: authPaths.login, method: 'POST', handle: handleLoginByPost },
  { path: authPaths.callback, method: 'GET', handle: handleCallback },
  { path: authPaths.logout, method: 'POST', handle: handleLogout },
  { path: authPaths.loggedOut, method: 'GET', handle: handleLoggedOut },
  { path: authPaths.session, method: 'GET', handle: handleSession },
  { path: authPaths.events, method: 'GET', handle: handleEvents },
  { path: authPaths.boundToken, method: 'POST', handle: handleBoundToken },
  { path: authPaths.backchannelLogout, method: 'POST', handle: handleBackchannelLogout },
  { path: authPaths.securityEvents, method: 'POST', handle: handleSecurityEvent },
];

/** Answers requests to the relying party's own paths; `undefined` for every other path. */
export async function handleRoute(site: Site, request: Request): Promise<Response | undefined> {
  // Frameworks that end every address with a slash (Next's trailingSlash) have the browser ask for /auth/login/.
  const pathname = new URL(request.url).pathname.replace(/\/$/, '');
  const known = routes.filter(({ path }) => pathname === site.basePath + path);
  if (known.length === 0) return undefined;
  const route = known.find(({ method }) => method === request.method);
  if (!route)
    return noStoreResponse(null, {
      status: 405,
      headers: { allow: known.map(({ method }) => method).join(', ') },
    });
  try {
    const response = await route.handle(site, request);
    reportCookies(site, request, response.headers.getSetCookie());
    return response;
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return failureResponse(site, toFailure(site, error, `${site.basePath}/`));
  }
}
