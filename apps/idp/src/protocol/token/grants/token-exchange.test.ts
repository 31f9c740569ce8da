import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authorizePath,
  errorOf,
  type TestProvider,
  openTestProvider,
  sessionIdOf,
  type Tokens,
  tokensFor,
} from '../../../../test/test-provider.ts';
import { BLOG_API, ISSUER, NEW_API, OLD_API, SHOP_API } from '../../../../test/registrations.ts';
import { exchangeForm } from '../../../../test/exchanges.ts';
import { siteTokens } from '../../../../test/site-tokens.ts';

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

describe('token exchange', () => {
  let idp: TestProvider;
  let tokens: Tokens;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  beforeEach(async () => {
    tokens = await tokensFor(idp, authorizePath({ resource: SHOP_API }));
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const exchange = (change: Record<string, string> = {}, clientId = 'shop') =>
    idp.token(exchangeForm(tokens.access_token, change), clientId);

  it('gives a token for the other audience, for the same person and client', async () => {
    const response = await exchange();
    expect(response.headers.get('cache-control')).toBe('no-store');
    const answer = await response.json();
    expect(answer).toMatchObject({ issued_token_type: ACCESS_TOKEN, token_type: 'Bearer', expires_in: 600 });
    expect(Object.keys(answer)).not.toContain('refresh_token');
    const own = decodeJwt(tokens.access_token);
    expect(decodeJwt(answer.access_token)).toMatchObject({
      iss: ISSUER,
      aud: BLOG_API,
      sub: own.sub,
      client_id: 'shop',
      permissions: ['blog:posts.read'],
    });
  });

  it('takes `audience` for `resource`, narrows by scope, and follows a change of roles at once', async () => {
    const own = await siteTokens(idp, 'blog', { resource: BLOG_API });
    const ask = async (scope?: string) => {
      const target = { resource: '', audience: SHOP_API, ...(scope !== undefined && { scope }) };
      const answer = await (await exchange({ subject_token: own.access_token, ...target }, 'blog')).json();
      return decodeJwt(answer.access_token);
    };
    const one = { scope: 'shop:products.read', permissions: ['shop:products.read'] };
    expect(await ask('shop:products.read')).toMatchObject(one);
    await idp.provider.store.setRoles('ada', ['reader'], 1);
    expect(await ask()).toMatchObject({ permissions: ['shop:products.read'] });
    await idp.provider.store.setRoles('ada', ['member'], 1);
    expect(await ask()).toMatchObject({ permissions: ['shop:products.read', 'shop:prices.member'] });
  });

  it.each([
    [SHOP_API, OLD_API, 'RS256'],
    [OLD_API, SHOP_API, 'ES256'],
    [OLD_API, NEW_API, 'EdDSA'],
    [NEW_API, OLD_API, 'RS256'],
  ])('T-04 trades one for %s against one for %s, signed as that wants it: %s', async (from, to, alg) => {
    const own = await siteTokens(idp, 'legacy', { resource: from });
    const response = await exchange({ subject_token: own.access_token, resource: to }, 'legacy');
    expect(decodeProtectedHeader((await response.json()).access_token)).toMatchObject({ alg, typ: 'at+jwt' });
  });

  it.each([
    ['unknown', 'made_up:scope'],
    ['of another API', 'shop:products.read'],
    ['of 10 kB', 'x'.repeat(10_000)],
  ])(
    'P-27 K-05 leaves out a scope that is %s, and is refused where nothing is left',
    async (_what, scope) => {
      const answer = await (await exchange({ scope: `blog:posts.read ${scope}` })).json();
      expect(answer.scope).toBe('blog:posts.read');
      expect(await errorOf(exchange({ scope }))).toBe('400 invalid_scope');
    },
  );

  it('trades a token for the provider itself, too', async () => {
    const { access_token } = await tokensFor(idp);
    expect((await exchange({ subject_token: access_token })).status).toBe(200);
  });

  it.each<readonly [string, () => Record<string, string>, string]>([
    ['an unknown audience', () => ({ resource: 'https://evil.example' }), 'invalid_target'],
    ['the provider as target', () => ({ resource: ISSUER }), 'invalid_target'],
    ['two targets', () => ({ audience: SHOP_API }), 'invalid_target'],
    ['no target', () => ({ resource: '' }), 'invalid_request'],
    ['no subject token', () => ({ subject_token: '' }), 'invalid_request'],
    [
      'another token type',
      () => ({ subject_token_type: 'urn:ietf:params:oauth:token-type:jwt' }),
      'invalid_request',
    ],
    [
      'another wanted type',
      () => ({ requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }),
      'invalid_request',
    ],
    ['an actor', () => ({ actor_token: tokens.access_token }), 'invalid_request'],
    ['T-15 an ID token', () => ({ subject_token: tokens.id_token }), 'invalid_request'],
    ['a refresh token', () => ({ subject_token: tokens.refresh_token }), 'invalid_request'],
    ['T-27 a token of many dots', () => ({ subject_token: '.'.repeat(10_000) }), 'invalid_request'],
    [
      'T-35 a token with a broken signature',
      () => ({ subject_token: `${tokens.access_token.slice(0, -4)}AAAA` }),
      'invalid_request',
    ],
  ])('refuses %s', async (_what, change, error) => {
    const response = await exchange(change());
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });

  it('refuses the token of another client: whoever is called must not trade up what callers hand it', async () => {
    expect(await (await exchange({}, 'blog')).json()).toMatchObject({ error: 'invalid_request' });
  });

  it('refuses a client without that grant', async () => {
    expect(await (await exchange({}, 'bare')).json()).toMatchObject({ error: 'unauthorized_client' });
  });

  it.each<readonly [string, () => Promise<unknown> | void]>([
    [
      'the session has ended',
      async () => idp.provider.signOn.end(await sessionIdOf(idp, tokens.access_token)),
    ],
    ['its token has expired', () => idp.advanceClock(631)],
    ['its person is disabled', () => idp.provider.store.setDisabled('ada', true, 1)],
  ])('gives nothing when %s', async (_what, end) => {
    await end();
    expect((await exchange()).status).toBe(400);
    await idp.provider.store.setDisabled('ada', false, 1);
  });
});
