import { authPaths } from '../../wire/index.ts';
import { isNavigation } from '../http/navigation.ts';
import { readBody } from '../http/read-body.ts';
import { noStoreResponse, seeSitePage } from '../http/responses.ts';
import type { Site } from '../site.ts';

/** What another party may say (OIDC Core §4). */
const PARAMETERS = ['iss', 'login_hint', 'target_link_uri'];

/** As long as a form and the address made of it may be; a longer one says nothing that a login could use. */
const MAX_BYTES = 8192;

/**
 * `POST /auth/login`: a login that another party begins by a form (OIDC Core §4). Such a post carries none of this site's
 * cookies (`SameSite=Lax`), so it only leads to the GET, which does. It changes nothing, whoever sent it (P-13).
 */
export async function handleLoginByPost(site: Site, request: Request): Promise<Response> {
  if (!isNavigation(request)) return noStoreResponse(null, { status: 401 });
  const form = await readForm(request);
  const query = new URLSearchParams([...form].filter(([name]) => PARAMETERS.includes(name))).toString();
  // A byte of the form may take three in the address, which the site's server would refuse without a way on.
  const isUsable = query !== '' && query.length <= MAX_BYTES;
  return seeSitePage(site, `${site.basePath}${authPaths.login}${isUsable ? `?${query}` : ''}`, []);
}

/** Without parameters the login is a plain one, so a body that is no form, or too long, counts as empty. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) return new URLSearchParams();
  return new URLSearchParams(await readBody(request, MAX_BYTES));
}
