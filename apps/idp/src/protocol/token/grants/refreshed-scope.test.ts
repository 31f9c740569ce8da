import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, STRANGER } from '../../../../test/consent-form.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  type TestProvider,
  openTestProvider,
  signIn,
  type Tokens,
  tokensFor,
} from '../../../../test/test-provider.ts';
import { BLOG_API, SHOP_API } from '../../../../test/registrations.ts';
import { userinfo } from '../../../../test/token-requests.ts';

describe('a refresh with the scope of the login again', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const refresh = ({ refresh_token }: Tokens, scope: string, clientId = 'shop') =>
    idp.token({ grant_type: 'refresh_token', refresh_token, scope }, clientId);

  /** Signs in to a site of strangers, and ticks these boxes. */
  async function allowing(ticked: readonly string[], change: Record<string, string>): Promise<Tokens> {
    await idp.provider.store.revokeConsent('sub-ada', 'stranger', 1);
    const browser = idp.browser();
    await signIn(browser);
    const callback = await answer(browser, ask(change), ticked);
    const form = codeForm(callback, { redirect_uri: STRANGER.redirect_uri });
    const tokens: Tokens = await (await idp.token(form, 'stranger')).json();
    return tokens;
  }

  it.each<readonly [what: string, asked: string, granted: string, change: Record<string, string>]>([
    ['a scope that nobody knows', 'openid email calendar.read', 'openid email', {}],
    ['offline_access without prompt=consent', 'openid offline_access', 'openid', {}],
    [
      'a permission that the client is not registered for',
      'openid blog:posts.read blog:drafts.read',
      'openid blog:posts.read',
      { resource: BLOG_API },
    ],
    [
      'the only permission named, which the client can’t have, and never with all others of that API',
      'openid blog:drafts.read',
      'openid',
      { resource: BLOG_API },
    ],
  ])('is answered without %s, and says what was granted', async (_what, asked, granted, change) => {
    const tokens = await tokensFor(idp, authorizePath({ scope: asked, ...change }));
    expect(tokens.scope).toBe(granted);
    const refreshed = await refresh(tokens, asked);
    expect(refreshed.status).toBe(200);
    const next: Tokens = await refreshed.json();
    expect(next.scope).toBe(granted);
    expect(await scopeOf(await refresh(next, asked))).toBe(granted);
  });

  it('is answered without the box that the person unticked', async () => {
    const scope = 'openid profile email';
    const tokens = await allowing(['profile'], { scope });
    expect(await scopeOf(await refresh(tokens, scope, 'stranger'))).toBe('openid profile');
  });

  it('is answered without an unticked permission that the resource implied', async () => {
    const tokens = await allowing(['shop:products.read'], { scope: 'openid', resource: SHOP_API });
    const scope = 'openid shop:products.read shop:prices.member';
    expect(await scopeOf(await refresh(tokens, scope, 'stranger'))).toBe('openid shop:products.read');
  });

  it('K-05 with a scope that was never asked for is refused', async () => {
    const tokens = await tokensFor(idp, authorizePath({ scope: 'openid calendar.read' }));
    expect(await errorOf(refresh(tokens, 'openid calendar.read email'))).toBe('400 invalid_scope');
    expect(await errorOf(refresh(tokens, 'openid calendar.write'))).toBe('400 invalid_scope');
  });

  it('K-05 with refused scopes alone is refused, and never widened to all of an API', async () => {
    const tokens = await allowing(['shop:products.read'], { scope: 'openid', resource: SHOP_API });
    expect(await errorOf(refresh(tokens, 'shop:prices.member', 'stranger'))).toBe('400 invalid_scope');
    const left = await refresh(tokens, 'openid shop:prices.member', 'stranger');
    expect(await described(left)).toMatchObject({ scope: 'openid', inToken: '', permissions: [] });
  });

  it('remembers fifty refused names at most, none of them long', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `made.up.${index}`);
    const asked = ['openid', 'x'.repeat(5000), ...names].join(' ');
    const tokens = await tokensFor(idp, authorizePath({ scope: asked }));
    expect(await errorOf(refresh(tokens, asked))).toBe('400 invalid_scope');
    expect(await errorOf(refresh(tokens, `openid ${names[50]}`))).toBe('400 invalid_scope');
    expect(await scopeOf(await refresh(tokens, `openid ${names[0]} ${names[49]}`))).toBe('openid');
  });
});

/** The login names a permission of the shop's API, or none and so all of them. */
const logins = [
  ['that named permissions', 'openid profile email shop:products.read shop:prices.member'],
  ['that named a resource only', 'openid profile email'],
] as const;

type Exactly = readonly [asked: string | undefined, expected: Awaited<ReturnType<typeof described>>];
const all = ['shop:products.read', 'shop:prices.member'];
const rows: readonly Exactly[] = [
  [
    undefined,
    {
      scope: `openid profile email ${all.join(' ')}`,
      inToken: all.join(' '),
      permissions: all,
      idToken: ['email', 'name'],
    },
  ],
  ['openid', { scope: 'openid', inToken: '', permissions: [], idToken: [] }],
  ['openid email', { scope: 'openid email', inToken: '', permissions: [], idToken: ['email'] }],
  [
    'openid shop:products.read',
    {
      scope: 'openid shop:products.read',
      inToken: 'shop:products.read',
      permissions: ['shop:products.read'],
      idToken: [],
    },
  ],
  [
    'shop:prices.member',
    {
      scope: 'shop:prices.member',
      inToken: 'shop:prices.member',
      permissions: ['shop:prices.member'],
      idToken: undefined,
    },
  ],
];

describe.each(logins)('a refresh after a login %s', (_what, scope) => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each(rows)(
    'K-05 is answered with exactly what was asked for and granted: scope=%s',
    async (asked, expected) => {
      const { refresh_token } = await tokensFor(idp, authorizePath({ scope, resource: SHOP_API }));
      const form = { grant_type: 'refresh_token', refresh_token };
      const response = await idp.token(asked === undefined ? form : { ...form, scope: asked });
      expect(await described(response)).toEqual(expected);
    },
  );

  it('K-05 with the very scope of the login is answered as one that names none', async () => {
    const { refresh_token } = await tokensFor(idp, authorizePath({ scope, resource: SHOP_API }));
    const response = await idp.token({ grant_type: 'refresh_token', refresh_token, scope });
    expect((await described(response)).permissions).toEqual(all);
  });

  it('K-05 which narrowed is followed by one for all again (RFC 6749 section 6)', async () => {
    const { refresh_token } = await tokensFor(idp, authorizePath({ scope, resource: SHOP_API }));
    const form = { grant_type: 'refresh_token', refresh_token, scope: 'openid' };
    const narrow: Tokens = await (await idp.token(form)).json();
    const next = await idp.token({ grant_type: 'refresh_token', refresh_token: narrow.refresh_token });
    expect((await described(next)).permissions).toEqual(all);
  });
});

it('K-05 a refresh for userinfo opens what its scope names and no more', async () => {
  await using idp = await openTestProvider();
  const { refresh_token } = await tokensFor(idp);
  const form = { grant_type: 'refresh_token', refresh_token, scope: 'openid email' };
  const { access_token }: Tokens = await (await idp.token(form)).json();
  const disclosed: object = await (await userinfo(idp, access_token)).json();
  expect(Object.keys(disclosed).toSorted()).toEqual(['email', 'email_verified', 'sub']);
});

/** What a token response gives: its scope, that of the access token and its permissions, and what the ID token tells. */
async function described(response: Response) {
  const { scope, access_token, id_token }: Partial<Tokens> = await response.json();
  const token = decodeJwt(access_token ?? '');
  const told = id_token === undefined ? undefined : decodeJwt(id_token);
  const idToken = told && ['email', 'name'].filter((claim) => claim in told);
  return { scope, inToken: token['scope'], permissions: token['permissions'], idToken };
}

async function scopeOf(response: Response): Promise<string> {
  const { scope }: Tokens = await response.json();
  return scope;
}
