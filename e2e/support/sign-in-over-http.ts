import { createPerson } from './person.ts';
import { type CookieJar, requireLocation, visit } from './cookie-jar.ts';
import { formsOf } from './html-forms.ts';
import type { StackInfo } from './shared-stack.ts';

/** What signing in needs to know of a stack. */
type SignInSites = Pick<StackInfo, 'origins' | 'people'>;

/** The headers of a browser in which a person opens a page by its address. */
export const NAVIGATION: Readonly<Record<string, string>> = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'none',
  accept: 'text/html,application/xhtml+xml',
};

/**
 * Follows an authorization request, signs a demo person in at the provider's form, and stops in front of the site:
 * the returned address is the callback that a browser would open next.
 */
export async function callbackOf(
  jar: CookieJar,
  stack: SignInSites,
  authorizeUrl: string,
  username: string,
): Promise<string> {
  const form = requireLocation(authorizeUrl, await visit(jar, authorizeUrl));
  const page = await (await visit(jar, form)).text();
  const answer = await visit(jar, form, {
    method: 'POST',
    headers: { origin: stack.origins.idp },
    form: filledIn(page, stack, username),
  });
  return leaveProvider(jar, stack, requireLocation(form, answer));
}

/** Begins a login at a site as a browser does and returns the callback that the site would be called with. */
export async function callbackOfLogin(
  jar: CookieJar,
  stack: SignInSites,
  loginUrl: string,
  username: string,
): Promise<string> {
  const login = await visit(jar, loginUrl, { headers: NAVIGATION });
  return callbackOf(jar, stack, requireLocation(loginUrl, login), username);
}

/** Signs a demo person in at a site over HTTP; the jar holds the session afterwards. */
export async function signInOverHttp(
  jar: CookieJar,
  stack: SignInSites,
  site: 'shop' | 'blog',
  username: string,
): Promise<void> {
  const login = `${stack.origins[site]}/auth/login?return_to=%2Fsession`;
  const callback = await callbackOfLogin(jar, stack, login, username);
  const answer = await visit(jar, callback, { headers: NAVIGATION });
  if (answer.status !== 303) throw new Error(`the callback answered ${answer.status}`);
}

/** Signs in again at a site with the sign-on session that the jar holds: no form. @returns the site's last answer */
export async function signInAgain(
  jar: CookieJar,
  stack: SignInSites,
  site: 'shop' | 'blog',
): Promise<Response> {
  const login = `${stack.origins[site]}/auth/login?return_to=%2Fsession`;
  const authorize = requireLocation(login, await visit(jar, login, { headers: NAVIGATION }));
  const callback = requireLocation(authorize, await visit(jar, authorize));
  return visit(jar, callback, { headers: NAVIGATION });
}

async function leaveProvider(jar: CookieJar, stack: SignInSites, start: string): Promise<string> {
  if (new URL(start).origin !== stack.origins.idp) return start;
  return leaveProvider(jar, stack, requireLocation(start, await visit(jar, start)));
}

function filledIn(page: string, stack: SignInSites, username: string): URLSearchParams {
  const form = formsOf(page, stack.origins.idp).find(({ fields }) => fields.has('password'));
  if (!form) throw new Error('the provider shows no sign-in form');
  const person = createPerson(stack, username);
  form.fields.set('username', person.username);
  form.fields.set('password', person.passphrase);
  return form.fields;
}
