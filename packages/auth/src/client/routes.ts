import { isAuthError } from '../foundation/index.ts';
import { authPaths } from '../wire/index.ts';
import { answerBackchannelLogout } from './backchannel-logout.ts';
import { answerCallback } from './callback.ts';
import { answerFailure } from './failure-page.ts';
import { failureOf } from './failures.ts';
import { answerLoggedOut } from './logged-out.ts';
import { answerLogin } from './login.ts';
import { answerLogout } from './logout.ts';
import { privateResponse } from './responses.ts';
import { answerSession } from './session-endpoint.ts';
import type { Site } from './site.ts';

interface Route {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly answer: (site: Site, request: Request) => Promise<Response>;
}

const routes: readonly Route[] = [
  { path: authPaths.login, method: 'GET', answer: answerLogin },
  { path: authPaths.callback, method: 'GET', answer: answerCallback },
  { path: authPaths.logout, method: 'POST', answer: answerLogout },
  { path: authPaths.loggedOut, method: 'GET', answer: answerLoggedOut },
  { path: authPaths.session, method: 'GET', answer: answerSession },
  { path: authPaths.backchannelLogout, method: 'POST', answer: answerBackchannelLogout },
];

/** Answers the requests that are the relying party's own; `undefined` for every other path. */
export async function answerRoute(site: Site, request: Request): Promise<Response | undefined> {
  // Frameworks that end every address with a slash (Next's trailingSlash) have the browser ask for /auth/login/.
  const pathname = new URL(request.url).pathname.replace(/\/$/, '');
  const route = routes.find(({ path }) => pathname === site.basePath + path);
  if (!route) return undefined;
  if (request.method !== route.method)
    return privateResponse(null, { status: 405, headers: { allow: route.method } });
  try {
    return await route.answer(site, request);
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return answerFailure(site, failureOf(site, error, `${site.basePath}/`));
  }
}
