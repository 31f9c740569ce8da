import { authError, isAuthError, parseStepUp, safeReturnTo } from '../../foundation/index.ts';
import { findSession } from '../../session/index.ts';
import { failureResponse } from '../http/failure-page.ts';
import { toFailure } from '../http/failure.ts';
import { isNavigation } from '../http/navigation.ts';
import { noStoreResponse } from '../http/responses.ts';
import { isLoginLoop } from '../silent/silent-cookie.ts';
import { withoutMarker } from '../silent/silent-marker.ts';
import type { Site } from '../site.ts';
import type { Prompt } from './authorization-request.ts';
import { startLogin } from './start-login.ts';

/**
 * `GET /auth/login?return_to=…`: sends the browser to the provider, or says why that isn't possible now. Another party, the
 * provider's list of sites for one, may begin a login here by `iss`, `login_hint` and `target_link_uri` (OIDC Core §4).
 */
export async function handleLogin(site: Site, request: Request): Promise<Response> {
  // Empty 401: a router's fetch falls back to a document navigation, a prefetch does nothing at all.
  if (!isNavigation(request)) return noStoreResponse(null, { status: 401 });
  const { searchParams } = new URL(request.url);
  const returnTo = readReturnTo(site, searchParams);
  try {
    requireOwnIssuer(site, searchParams);
    await requireNoLoginLoop(site, request);
    return await startLogin(site, request, {
      returnTo,
      prompt: readPrompt(searchParams),
      extraParameters: readExtraParameters(searchParams),
      stepUp: parseStepUp(searchParams),
    });
  } catch (error) {
    if (!isAuthError(error)) throw error;
    return failureResponse(site, toFailure(site, error, returnTo));
  }
}

/** OIDC Core §4: the site signs people in with its own provider, whatever a link names. @throws AuthError `login_issuer` */
function requireOwnIssuer({ issuer }: Pick<Site, 'issuer'>, parameters: URLSearchParams): void {
  const sent = parameters.getAll('iss').filter(Boolean);
  if (sent.length === 0 || (sent.length === 1 && sent[0] === issuer)) return;
  throw authError(
    'login_issuer',
    'iss names another provider than the one this site uses, or stands twice: send this site’s issuer, or none',
  );
}

/** A browser that keeps no session cookie would be redirected to the provider and back until it gives up. */
async function requireNoLoginLoop(site: Site, request: Request): Promise<void> {
  if (!isLoginLoop(site, request) || (await findSession(site, request.headers.get('cookie')))) return;
  throw authError(
    'session_not_kept',
    'three sessions were opened within seconds and the browser brought none of them back: are cookies dropped, or do the clocks of the processes differ?',
  );
}

/** `return_to` or `target_link_uri` as a path of this site (L-01), without the marker of an earlier silent sign-in. */
function readReturnTo(site: Pick<Site, 'baseUrl' | 'basePath'>, parameters: URLSearchParams): string {
  const home = `${site.basePath}/`;
  const sent = ['return_to', 'target_link_uri'].flatMap((name) => parameters.getAll(name));
  return withoutMarker(safeReturnTo(sent.length === 1 ? sent[0] : undefined, site.baseUrl, home));
}

function readPrompt(parameters: URLSearchParams): Prompt | undefined {
  const sent = parameters.get('prompt');
  return (['login', 'select_account', 'create'] as const).find((prompt) => prompt === sent);
}

/** The longest e-mail address or list of languages that a link may pass on to the provider's page. */
const MAX_PARAMETER_LENGTH = 255;

function readExtraParameters(parameters: URLSearchParams): Record<string, string> {
  const found = ['login_hint', 'ui_locales'].flatMap((name) => {
    const [value, ...more] = parameters.getAll(name);
    return value && more.length === 0 && value.length <= MAX_PARAMETER_LENGTH ? [[name, value] as const] : [];
  });
  return Object.fromEntries(found);
}
