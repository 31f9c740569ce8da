import { describe, expect, it } from 'vitest';
import { defineAccess } from '../access/index.ts';
import { randomId } from '../foundation/index.ts';
import { createResourceServer } from '../resource/index.ts';
import { createTestIssuer, openTestSite, type TestIssuer } from '../testing/index.ts';
import { createRelyingParty } from './index.ts';

const API = 'https://api.example';
const access = defineAccess({
  audiences: { [API]: { title: 'Things', permissions: { 'things.read': 'Read things' } } },
  roles: {},
});
const key = randomId(32);
const right = {
  issuer: 'https://issuer.example',
  clientId: 'app',
  baseUrl: 'https://app.example',
  sessionKeys: [key],
};
const create = (change: object) => async () => void createRelyingParty({ ...right, ...change });

/** Does something wrong and throws advice. What follows the advice has to succeed. */
interface Advice {
  readonly ask: () => Promise<unknown>;
  readonly follow: () => Promise<unknown>;
}

const apiOf = (issuer: TestIssuer, change: object = {}) =>
  createResourceServer({
    issuer: issuer.issuer,
    audience: API,
    fetch: issuer.fetch,
    clock: issuer.clock,
    ...change,
  });
const withToken = (token: string) => new Request(API, { headers: { authorization: `Bearer ${token}` } });

/** Calls an API that needs `email` and `things.read` with such a token. */
async function call(claims: object): Promise<void> {
  const issuer = await createTestIssuer();
  const api = apiOf(issuer, { access });
  const token = await api.authenticate(withToken(await issuer.accessToken({ aud: API, ...claims })));
  api.requireScope(token, 'email');
  api.requirePermission(token, 'things.read');
}
const enough = { scope: 'openid email', permissions: ['things.read'] };

/** Calls the API with the site's own token, or with one exchanged for it. */
async function callAsSite(exchange: boolean): Promise<void> {
  const { site, browser, issuer } = await openTestSite({ audience: 'https://app.example/api' }, {});
  await browser.signIn();
  const cookie = browser.request('/').headers.get('cookie');
  const token = await (exchange ? site.tokenFor(cookie, API) : site.tokenFor(cookie));
  await apiOf(issuer).authenticate(withToken(token));
}

/** Asks for a token for the API, signed in or not. */
async function askForToken(signIn: boolean): Promise<void> {
  const { site, browser } = await openTestSite();
  if (signIn) await browser.signIn();
  await site.tokenFor(browser.request('/').headers.get('cookie'), API);
}

/** Signs in at a provider that names its project as an audience too. */
async function signInForProject(options: object): Promise<void> {
  const { browser, issuer, events } = await openTestSite(options);
  issuer.alter({ idToken: { claims: { aud: ['app', 'project-1'], azp: 'app' } } });
  await browser.signIn();
  const rejected = events.find((event) => event.type === 'callback.rejected');
  if (rejected?.type === 'callback.rejected') throw new Error(rejected.message);
}

const rows: Readonly<Record<string, Advice>> = {
  'exchange it with resource=https://api.example': {
    ask: () => callAsSite(false),
    follow: () => callAsSite(true),
  },
  'sign in first': { ask: () => askForToken(false), follow: () => askForToken(true) },
  'or name the others as trustedAudiences': {
    ask: () => signInForProject({}),
    follow: () => signInForProject({ trustedAudiences: ['project-1'] }),
  },
  'ask for it at sign-in': {
    ask: () => call({ ...enough, scope: 'openid' }),
    follow: () => call(enough),
  },
  'grant it, then get a new token': {
    ask: () => call({ ...enough, permissions: [] }),
    follow: () => call(enough),
  },
  'wants "Authorization: Bearer <access token>": send one': {
    ask: async () => apiOf(await createTestIssuer()).authenticate(new Request('https://api.example')),
    follow: () => call(enough),
  },
  'write https://': { ask: create({ issuer: 'issuer.example' }), follow: create({}) },
  'plain http is for 127.0.0.1, [::1], localhost and *.localhost only': {
    ask: create({ baseUrl: 'http://app.example' }),
    follow: create({ baseUrl: 'http://app.localhost:3000' }),
  },
  'make one with 32 random bytes': {
    ask: create({ sessionKeys: ['x'] }),
    follow: create({ sessionKeys: [key] }),
  },
  'give at least one key': { ask: create({ sessionKeys: [] }), follow: create({ sessionKeys: [key] }) },
  'leave it out for a public client': { ask: create({ clientSecret: '' }), follow: create({}) },
  'write http://host:port': {
    ask: create({ internalIssuerUrl: 'idp:4100' }),
    follow: create({ internalIssuerUrl: 'http://idp:4100' }),
  },
  'add it there': {
    ask: create({ audience: API, access: { audiences: {}, roles: {} } }),
    follow: create({ audience: API, access }),
  },
  'start them with one slash': {
    ask: create({ errorPath: 'error' }),
    follow: create({ errorPath: '/error' }),
  },
  'list each audience by itself': {
    ask: create({ trustedAudiences: ['a b'] }),
    follow: create({ trustedAudiences: ['a', 'b'] }),
  },
};

describe('what an error of the package advises', () => {
  it.each(Object.entries(rows))('works: %s', async (advice, { ask, follow }) => {
    await expect(ask()).rejects.toThrow(advice);
    await follow();
  });
});
