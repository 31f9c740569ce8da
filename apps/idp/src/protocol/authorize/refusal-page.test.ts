import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../../test/browser.ts';
import { answer } from '../../../test/consent-form.ts';
import { ISSUER } from '../../../test/registrations.ts';
import { OPEN_TO_STRANGERS, registerStranger, STRANGERS_REDIRECT } from '../../../test/strangers.ts';
import {
  authorizationForm,
  openTestProvider,
  signIn,
  type TestProvider,
} from '../../../test/test-provider.ts';

type Change = Record<string, string | undefined>;

/** Mistakes that a client hears of by itself, where the operator has registered it. */
const mistakes: readonly (readonly [what: string, change: Change, error: string])[] = [
  ['without a challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
  ['with another response type', { response_type: 'token' }, 'unsupported_response_type'],
  ['with an unknown prompt', { prompt: 'x' }, 'invalid_request'],
  ['with prompt=none beside another', { prompt: 'none login' }, 'invalid_request'],
  ['with an unknown resource', { resource: 'https://evil.example/api' }, 'invalid_target'],
  ['with a forged hint', { id_token_hint: 'a.b.c' }, 'login_required'],
  ['with a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
];

/** What a person can refuse altogether. */
const NOTHING = { scope: 'email', prompt: 'consent' };
const ESSENTIAL_ACR = JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:x' } } });

/** The page, and where its one button leads. */
async function pageOf(response: Response): Promise<{ html: string; wayOn: URL }> {
  expect(response.status).toBe(400);
  expect(response.headers.get('location')).toBeNull();
  const html = await response.text();
  const href = /class="button" href="([^"]+)"/.exec(html)?.[1] ?? '';
  return { html, wayOn: new URL(href.replaceAll('&amp;', '&')) };
}

describe('L-05 a request of a client that registered itself (RFC 9700 §4.11.2)', () => {
  let idp: TestProvider;
  let client_id: string;
  beforeAll(async () => {
    idp = await openTestProvider(OPEN_TO_STRANGERS);
    ({ client_id } = await registerStranger(idp));
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const form = (change: Change = {}) =>
    authorizationForm({ client_id, redirect_uri: STRANGERS_REDIRECT, scope: 'openid email', ...change });
  const path = (change: Change = {}) => `/authorize?${new URLSearchParams(form(change)).toString()}`;
  const signedIn = async () => {
    const browser = idp.browser();
    await signIn(browser);
    return browser;
  };

  it.each(mistakes)('%s gets a page, and its button the answer', async (_what, change, error) => {
    for (const response of [
      await idp.browser().get(path(change)),
      await idp.browser().post('/authorize', form(change)),
    ]) {
      const { html, wayOn } = await pageOf(response);
      expect(html).toContain('<bdi>Unknown</bdi>');
      expect(html).toContain('unknown.example, an address that the site gave by itself');
      expect(html).toContain(error);
      expect(wayOn.origin + wayOn.pathname).toBe(STRANGERS_REDIRECT);
      expect(Object.fromEntries(wayOn.searchParams)).toMatchObject({ error, state: 'state-1', iss: ISSUER });
    }
  });

  it('that nobody can satisfy gets a page, although somebody is signed in', async () => {
    const browser = await signedIn();
    const change = { claims: ESSENTIAL_ACR };
    const error = 'unmet_authentication_requirements';
    expect((await pageOf(await browser.get(path(change)))).html).toContain(error);
    const resumed = locationOf(await browser.post('/authorize', form(change)));
    expect((await pageOf(await browser.get(resumed.pathname))).html).toContain(error);
  });

  it('whose answer would be posted gets a page that leads to the account only', async () => {
    const response = await idp.browser().get(path({ response_mode: 'form_post', response_type: 'token' }));
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).not.toContain(STRANGERS_REDIRECT);
    expect(html).toContain('href="/account"');
  });

  it('repeats nothing of the request on the page', async () => {
    const response = await idp.browser().get(`${path()}&Call+555+now=1&Call+555+now=2`);
    expect((await pageOf(response)).html.replace(/href="[^"]*"/g, '')).not.toContain('555');
  });

  it.each<readonly [string, Change, string]>([
    ['that is right', {}, 'login_required'],
    ['with a mistake', { response_type: 'token' }, 'unsupported_response_type'],
  ])('%s and prompt=none is answered by redirect', async (_what, change, error) => {
    const callback = locationOf(await idp.browser().get(path({ ...change, prompt: 'none' })));
    expect(callback.origin + callback.pathname).toBe(STRANGERS_REDIRECT);
    expect(callback.searchParams.get('error')).toBe(error);
  });

  const pressed: readonly (readonly [string, () => Promise<URL>, string])[] = [
    [
      'P-30 “Cancel”',
      async () => {
        const browser = idp.browser();
        const { pathname } = locationOf(await browser.get(path()));
        return locationOf(await browser.post(`${pathname.replace('/sign-in', '/authorize')}/cancel`, {}));
      },
      'access_denied',
    ],
    ['“Allow” without a tick', async () => answer(await signedIn(), path(NOTHING), []), 'access_denied'],
    [
      'P-21 the sign-in as somebody else',
      () => signIn(idp.browser(), path({ claims: '{"id_token":{"sub":{"value":"sub-ada"}}}' }), 'ben'),
      'login_required',
    ],
  ];

  it.each(pressed)('%s is answered by redirect, since a person pressed it', async (_what, press, error) => {
    expect((await press()).searchParams.get('error')).toBe(error);
  });

  it('that a person refused at an earlier one gets a page: nobody has pressed anything for this one', async () => {
    const browser = await signedIn();
    await answer(browser, path(NOTHING), []);
    expect((await pageOf(await browser.get(path({ scope: 'email' })))).html).toContain('access_denied');
  });

  it('of the operator’s own client is answered by redirect as before', async () => {
    const change = { client_id: 'stranger', redirect_uri: 'https://stranger.example/auth/callback' };
    const callback = locationOf(await idp.browser().get(path({ ...change, response_type: 'token' })));
    expect(callback.hostname).toBe('stranger.example');
  });
});

describe('L-05 a sign-out of a client that registered itself', () => {
  const RETURN = 'https://unknown.example/bye';
  let idp: TestProvider;
  let query: string;
  beforeAll(async () => {
    idp = await openTestProvider(OPEN_TO_STRANGERS);
    const { client_id } = await registerStranger(idp, { post_logout_redirect_uris: [RETURN] });
    query = new URLSearchParams({ client_id, post_logout_redirect_uri: RETURN }).toString();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it('ends here where nobody is signed in', async () => {
    const browser = idp.browser();
    expect(locationOf(await browser.get(`/end-session?${query}`)).href).toBe(`${ISSUER}/signed-out`);
    const posted = locationOf(await browser.post('/end-session', new URLSearchParams(query)));
    expect(locationOf(await browser.get(posted.pathname)).href).toBe(`${ISSUER}/signed-out`);
  });

  it('leads back once the person has confirmed it', async () => {
    const browser = idp.browser();
    await signIn(browser);
    const { pathname } = locationOf(await browser.get(`/end-session?${query}`));
    expect(locationOf(await browser.post(pathname, {})).href).toBe(RETURN);
  });
});
