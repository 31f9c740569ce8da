import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizationForm,
  authorizePath,
  codeForm,
  type TestProvider,
  openTestProvider,
  signIn,
  tokenRequest,
  type Tokens,
  tokensFor,
} from './test-provider.ts';
import { BLOG_API, ISSUER, SHOP_API } from './registrations.ts';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const INITIAL_TOKEN = 'an-initial-access-token-of-32-characters';

/** Asks wrongly, gets advice, and does what it says. */
interface Advice {
  readonly ask: (idp: TestProvider) => Promise<Response>;
  readonly follow: (idp: TestProvider) => Promise<Response>;
}

const refresh = async (idp: TestProvider, login: Record<string, string>, change: Record<string, string>) =>
  idp.token({
    grant_type: 'refresh_token',
    refresh_token: (await tokensFor(idp, authorizePath(login))).refresh_token,
    ...change,
  });
const exchange = async (idp: TestProvider, form: Record<string, string> | URLSearchParams) => {
  const { access_token } = await tokensFor(idp);
  const all = new URLSearchParams({
    grant_type: EXCHANGE,
    subject_token: access_token,
    subject_token_type: ACCESS_TOKEN,
  });
  for (const [name, value] of new URLSearchParams(form)) all.append(name, value);
  return idp.fetch(tokenRequest(all));
};
const robot = (idp: TestProvider, form: Record<string, string>) =>
  idp.token({ grant_type: 'client_credentials', ...form }, 'robot');
const userinfo = (idp: TestProvider, { access_token }: Tokens) =>
  idp.fetch(new Request(`${ISSUER}/userinfo`, { headers: { authorization: `Bearer ${access_token}` } }));
const push = (idp: TestProvider, change: Record<string, string | undefined>) =>
  idp.fetch(tokenRequest(authorizationForm(change), 'shop', '/par'));
const register = (idp: TestProvider, headers: Record<string, string>, body: string) =>
  idp.fetch(new Request(`${ISSUER}/register`, { method: 'POST', headers, body }));
const metadata = JSON.stringify({ redirect_uris: ['https://app.example/cb'], client_name: 'App' });
const json = { 'content-type': 'application/json', authorization: `Bearer ${INITIAL_TOKEN}` };
const twoApis = `${authorizePath({ resource: SHOP_API })}&resource=${encodeURIComponent(BLOG_API)}`;

const rows: Readonly<Record<string, Advice>> = {
  [`refresh with resource=${ISSUER}`]: {
    ask: async (idp) => userinfo(idp, await tokensFor(idp, authorizePath({ resource: SHOP_API }))),
    async follow(idp) {
      const refreshed = await refresh(idp, { resource: SHOP_API }, { resource: ISSUER });
      return userinfo(idp, await refreshed.json());
    },
  },
  'ask for it at sign-in': {
    ask: async (idp) => userinfo(idp, await tokensFor(idp, authorizePath({ scope: 'profile' }))),
    follow: async (idp) => userinfo(idp, await tokensFor(idp, authorizePath({ scope: 'openid' }))),
  },
  'ask for one resource at a time': {
    ask: async (idp) => idp.fetch(tokenRequest(await codeWith(idp, [SHOP_API, BLOG_API]))),
    follow: async (idp) => idp.fetch(tokenRequest(await codeWith(idp, [BLOG_API]))),
  },
  'several resources were granted; name one of them': {
    ask: async (idp) => idp.fetch(tokenRequest(await codeWith(idp, []))),
    follow: async (idp) => idp.fetch(tokenRequest(await codeWith(idp, [SHOP_API]))),
  },
  'name one API as resource (exchange)': {
    ask: (idp) => exchange(idp, { resource: ISSUER }),
    follow: (idp) => exchange(idp, { resource: BLOG_API }),
  },
  'name one API as resource (client credentials)': {
    ask: (idp) => robot(idp, {}),
    follow: (idp) => robot(idp, { resource: SHOP_API }),
  },
  [`subject_token_type is '${ACCESS_TOKEN}' here`]: {
    ask: (idp) => idp.token({ grant_type: EXCHANGE, subject_token: 'x', resource: SHOP_API }),
    follow: (idp) => exchange(idp, { resource: SHOP_API }),
  },
  [`requested_token_type is '${ACCESS_TOKEN}' here`]: {
    ask: (idp) => exchange(idp, { resource: SHOP_API, requested_token_type: 'other' }),
    follow: (idp) => exchange(idp, { resource: SHOP_API, requested_token_type: ACCESS_TOKEN }),
  },
  'send the parameters as application/x-www-form-urlencoded': {
    ask: (idp) => idp.fetch(new Request(`${ISSUER}/token`, { method: 'POST', body: '{}' })),
    follow: (idp) => robot(idp, { resource: SHOP_API }),
  },
  'send the secret in one way; this client is registered for client_secret_basic': {
    ask: (idp) =>
      idp.token({ grant_type: 'client_credentials', client_secret: 'headed-secret-0123456789' }, 'headed'),
    async follow(idp) {
      const callback = await signIn(idp.browser(), authorizePath(headed));
      return idp.token(codeForm(callback, { redirect_uri: headed.redirect_uri }), 'headed');
    },
  },
  'send the parameters themselves instead of a request object': {
    ask: (idp) => push(idp, { request: 'a.b.c' }),
    follow: (idp) => push(idp, {}),
  },
  "response_type is missing; it is 'code'": {
    ask: (idp) => push(idp, { response_type: undefined }),
    follow: (idp) => push(idp, { response_type: 'code' }),
  },
  "response_type is 'code' here": {
    ask: (idp) => push(idp, { response_type: 'token' }),
    follow: (idp) => push(idp, { response_type: 'code' }),
  },
  'response_mode is one of: query, form_post': {
    ask: (idp) => push(idp, { response_mode: 'fragment' }),
    follow: (idp) => push(idp, { response_mode: 'form_post' }),
  },
  'code_challenge is missing; PKCE with S256 is required': {
    ask: (idp) => push(idp, { code_challenge: undefined, code_challenge_method: undefined }),
    follow: (idp) => push(idp, {}),
  },
  "code_challenge_method is 'S256' here": {
    ask: (idp) => push(idp, { code_challenge_method: 'plain' }),
    follow: (idp) => push(idp, { code_challenge_method: 'S256' }),
  },
  'prompt=none stands alone': {
    ask: (idp) => push(idp, { prompt: 'none login' }),
    follow: (idp) => push(idp, { prompt: 'none' }),
  },
  'max_age is a whole number of seconds': {
    ask: (idp) => push(idp, { max_age: '1.5' }),
    follow: (idp) => push(idp, { max_age: '2' }),
  },
  'registering takes an initial access token as Bearer token': {
    ask: (idp) => register(idp, {}, metadata),
    follow: (idp) => register(idp, json, metadata),
  },
  'send the metadata as application/json': {
    ask: (idp) => register(idp, { ...json, 'content-type': 'text/plain' }, metadata),
    follow: (idp) => register(idp, json, metadata),
  },
};

const headed = { client_id: 'headed', redirect_uri: 'https://headed.example/auth/callback' };

/** A code of a login for two APIs, and the resources that its redemption names. */
async function codeWith(idp: TestProvider, resources: readonly string[]): Promise<URLSearchParams> {
  const form = new URLSearchParams(codeForm(await signIn(idp.browser(), twoApis)));
  for (const resource of resources) form.append('resource', resource);
  return form;
}

describe('what an error of the provider advises', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider({ INITIAL_ACCESS_TOKENS: INITIAL_TOKEN });
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each(Object.entries(rows))('works: %s', async (advice, { ask, follow }) => {
    const refused = await ask(idp);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    // Userinfo answers as an API does, in problem details (RFC 9457).
    const said: { error_description?: string; detail?: string } = await refused.json();
    expect(said.error_description ?? said.detail).toContain(advice.replace(/ \(.*\)$/, ''));
    const followed = await follow(idp);
    expect([200, 201]).toContain(followed.status);
  });
});
