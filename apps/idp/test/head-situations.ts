import { type Browser, locationOf } from './browser.ts';
import {
  authorizationForm,
  authorizePath,
  signIn,
  type TestProvider,
  tokenRequest,
  tokensFor,
} from './test-provider.ts';
import { registerStranger } from './strangers.ts';
import { openConsent, openSelectAccount, openSignIn, type Page, requestOf } from './waiting-pages.ts';

/** What a browser is about to get. */
export interface Visit {
  readonly browser: Browser;
  readonly path: string;
  readonly headers?: Record<string, string>;
}

type Situation = readonly [what: string, open: (idp: TestProvider) => Promise<Visit>];

async function signedIn(idp: TestProvider): Promise<Browser> {
  const browser = idp.browser();
  await signIn(browser);
  return browser;
}

/** A signed-in browser at a path. */
const at = (path: string) => async (idp: TestProvider) => ({ browser: await signedIn(idp), path });

/** After the button of a page was pressed. */
async function pressed({ browser, path, form }: Page): Promise<Visit> {
  return { browser, path: locationOf(await browser.post(path, form)).pathname };
}

/** A request that came by a POST of another site, so that no browser owns it yet. */
async function posted(idp: TestProvider, path: string, form: Record<string, string>): Promise<Visit> {
  const browser = await signedIn(idp);
  const answer = await idp.browser().post(path, form, { origin: 'https://shop.example' });
  return { browser, path: locationOf(answer).pathname };
}

async function pushed(idp: TestProvider): Promise<Visit> {
  const answer = await idp.fetch(tokenRequest(authorizationForm(), 'shop', '/par'));
  const { request_uri }: { request_uri: string } = await answer.json();
  const query = new URLSearchParams({ client_id: 'shop', request_uri }).toString();
  return { browser: await signedIn(idp), path: `/authorize?${query}` };
}

/** A sign-in as somebody else than the request names, so that its answer is an error and it is over. */
async function misnamed(idp: TestProvider): Promise<Visit> {
  const { id_token: id_token_hint } = await tokensFor(idp, authorizePath(), 'ben');
  return pressed(await openSignIn(idp, { id_token_hint }));
}

async function hinted(idp: TestProvider): Promise<{ browser: Browser; form: Record<string, string> }> {
  const browser = idp.browser();
  const { id_token: id_token_hint } = await tokensFor(idp, authorizePath(), 'ada', browser);
  return { browser, form: { id_token_hint } };
}

async function hintedByGet(idp: TestProvider): Promise<Visit> {
  const { browser, form } = await hinted(idp);
  return { browser, path: `/end-session?${new URLSearchParams(form).toString()}` };
}

async function hintedByPost(idp: TestProvider): Promise<Visit> {
  const { browser, form } = await hinted(idp);
  return { browser, path: (await posted(idp, '/end-session', form)).path };
}

async function signOutPage(idp: TestProvider): Promise<Visit> {
  const browser = await signedIn(idp);
  return { browser, path: locationOf(await browser.get('/end-session')).pathname };
}

async function userinfo(idp: TestProvider): Promise<Visit> {
  const { access_token } = await tokensFor(idp);
  return { browser: idp.browser(), path: '/userinfo', headers: { authorization: `Bearer ${access_token}` } };
}

async function ownRegistration(idp: TestProvider): Promise<Visit> {
  const { client_id, registration_access_token: token } = await registerStranger(idp);
  const headers = { authorization: `Bearer ${token}` };
  return { browser: idp.browser(), path: `/register/${client_id}`, headers };
}

/** Route → requests at it for which GET has something to do. */
export const situations: Readonly<Record<string, readonly Situation[]>> = {
  '/authorize': [
    ['that would be granted at once', at(authorizePath())],
    ['that would be granted by form_post', at(authorizePath({ response_mode: 'form_post' }))],
    ['that would wait for a sign-in', async (idp) => ({ browser: idp.browser(), path: authorizePath() })],
    [
      'that would be refused',
      async (idp) => ({ browser: idp.browser(), path: authorizePath({ prompt: 'none' }) }),
    ],
    ['that was pushed', pushed],
  ],
  '/authorize/:id': [
    ['of a request that would be granted', async (idp) => pressed(await openSignIn(idp))],
    [
      'of a request that was granted already',
      async (idp) => {
        const visit = await pressed(await openSignIn(idp));
        await visit.browser.get(visit.path);
        return visit;
      },
    ],
    ['of a request that would end in an error', misnamed],
    ['of a request that no browser owns', (idp) => posted(idp, '/authorize', authorizationForm())],
    [
      'of a request that waits',
      async (idp) => {
        const page = await openSignIn(idp);
        return { browser: page.browser, path: requestOf(page) };
      },
    ],
  ],
  '/sign-in/:id': [['that waits', openSignIn]],
  '/select-account/:id': [['that waits', openSelectAccount]],
  '/consent/:id': [['that waits', (idp) => openConsent(idp)]],
  '/sign-out/:id': [['that waits', signOutPage]],
  '/end-session': [
    ['that would end the session', hintedByGet],
    ['that would ask first', at('/end-session')],
  ],
  '/end-session/:id': [
    ['that would end the session', hintedByPost],
    ['that would ask first', (idp) => posted(idp, '/end-session', {})],
  ],
  '/register/:id': [['with its token', ownRegistration]],
  '/account': [['of somebody', at('/account')]],
  '/account/access': [['of somebody', at('/account/access')]],
  '/userinfo': [['with a token', userinfo]],
};
