import { type Browser, createBrowser, locationOf } from './browser.ts';
import { ask, sessionIn, STRANGER } from './consent-form.ts';
import { ISSUER } from './registrations.ts';
import { authorizePath, codeForm, signIn, type TestProvider } from './test-provider.ts';

export const ADA = { username: 'ada', password: 'the analytical engine weaves' };
export const BEN = { username: 'ben', password: 'lightning rods and kites too' };

/** A page that waits for a person, and what its button sends. */
export interface Page {
  readonly browser: Browser;
  readonly path: string;
  readonly form: Record<string, string> | URLSearchParams;
}

export async function openSignIn(idp: TestProvider, change: Record<string, string> = {}): Promise<Page> {
  const browser = idp.browser();
  return { browser, path: locationOf(await browser.get(authorizePath(change))).pathname, form: ADA };
}

/** The form of a request that asks whoever is signed in already once more. */
export async function openSignInAgain(idp: TestProvider, change: Record<string, string>): Promise<Page> {
  const browser = idp.browser();
  await signIn(browser);
  const { pathname } = locationOf(await browser.get(authorizePath(change)));
  return { browser, path: pathname, form: ADA };
}

export async function openSelectAccount(idp: TestProvider): Promise<Page> {
  const browser = idp.browser();
  await signIn(browser);
  const { pathname } = locationOf(await browser.get(authorizePath({ prompt: 'select_account' })));
  return {
    browser,
    path: pathname,
    form: { session: sessionIn(await (await browser.get(pathname)).text()) },
  };
}

/** The page that asks for a site of strangers, with these boxes ticked. */
export async function openConsent(idp: TestProvider, ticked = ['email']): Promise<Page> {
  await idp.provider.store.revokeConsent('sub-ada', STRANGER.client_id, 1);
  const browser = idp.browser();
  await signIn(browser);
  const { pathname } = locationOf(await browser.get(ask()));
  const session = sessionIn(await (await browser.get(pathname)).text());
  const allow = ticked.map((name) => ['allow', name]);
  return { browser, path: pathname, form: new URLSearchParams([['session', session], ...allow]) };
}

/** Presses the page's button, and follows the answer to where the client is called back. */
export async function press({ browser, path, form }: Page): Promise<URL> {
  const { pathname } = locationOf(await browser.post(path, form));
  return locationOf(await browser.get(pathname));
}

/** The path of the waiting request itself, whose page this is. */
export const requestOf = ({ path }: Page): string => path.replace(/^\/[\w-]+/, '/authorize');

/** The same page in the same browser, which gets nothing of what is answered to the other one. */
export function withoutAnswers(idp: TestProvider, page: Page): Page {
  const browser = createBrowser(ISSUER, (request) => idp.fetch(request));
  for (const [name, value] of page.browser.cookies) browser.cookies.set(name, value);
  return { ...page, browser };
}

/** Redeems the code of a callback as the client that is called back. */
export function redeem(idp: TestProvider, callback: URL): Promise<Response> {
  const redirect_uri = callback.origin + callback.pathname;
  return idp.token(codeForm(callback, { redirect_uri }), callback.hostname.split('.')[0]);
}
