import { signAccessToken, type AccessTokenClaims } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Engine, engines } from '../../../../test/engines.ts';
import { exchange, exchangeForm, permissionsIn, refreshed } from '../../../../test/exchanges.ts';
import { BLOG_API, ISSUER, SHOP_API } from '../../../../test/registrations.ts';
import { nativeTokens, siteTokens } from '../../../../test/site-tokens.ts';
import { errorOf, openTestProvider, type TestProvider, type Tokens } from '../../../../test/test-provider.ts';
import { introspected, isActive, revocation } from '../../../../test/token-requests.ts';

const BOTH = { resource: SHOP_API, scope: 'openid profile shop:products.read blog:posts.read' };

interface Row {
  /** What the login asks for. */
  readonly login: Record<string, string>;
  /** What the refresh asks for; undefined for the token of the login itself. */
  readonly refresh?: Record<string, string>;
  readonly to?: string;
  readonly gives: unknown;
}

const rows: readonly (readonly [what: string, row: Row])[] = [
  [
    'was never narrowed: all that client and person have in common there',
    { login: { resource: SHOP_API }, gives: ['blog:posts.read'] },
  ],
  [
    'was refreshed as a whole: the same',
    { login: { resource: SHOP_API }, refresh: {}, gives: ['blog:posts.read'] },
  ],
  [
    'is for the provider: the same',
    { login: {}, to: SHOP_API, gives: ['shop:products.read', 'shop:prices.member'] },
  ],
  [
    'was narrowed to a permission of its own API: nothing at another',
    {
      login: { resource: SHOP_API },
      refresh: { scope: 'openid shop:products.read' },
      gives: '400 invalid_target',
    },
  ],
  [
    'was narrowed to openid: nothing at another API',
    { login: { resource: SHOP_API }, refresh: { scope: 'openid' }, gives: '400 invalid_target' },
  ],
  [
    'is for the provider and was narrowed: nothing at any API',
    { login: {}, refresh: { scope: 'openid email' }, gives: '400 invalid_target' },
  ],
  [
    'was narrowed to a permission of the other API, which its own scope can’t name: that one',
    {
      login: { ...BOTH, scope: `${BOTH.scope} shop:prices.member` },
      refresh: { scope: 'shop:products.read blog:posts.read' },
      gives: ['blog:posts.read'],
    },
  ],
  [
    'was narrowed, and then asked for a third thing: never that',
    {
      login: { ...BOTH, scope: `${BOTH.scope} shop:prices.member` },
      refresh: { resource: ISSUER, scope: 'openid blog:posts.read' },
      to: SHOP_API,
      gives: '400 invalid_target',
    },
  ],
  [
    'comes from a login that named permissions of its own API alone: nothing at another',
    { login: { resource: SHOP_API, scope: 'openid shop:products.read' }, gives: '400 invalid_target' },
  ],
  [
    'comes from a login that named one of the other API: that one',
    { login: BOTH, gives: ['blog:posts.read'] },
  ],
];

describe.each(engines)('T-40 on $name', ({ open, skipped }) => {
  describe.skipIf(skipped)('a token exchange', () => {
    describeReach(open);
  });
});

function describeReach(open: Engine['open']): void {
  const disposal = new AsyncDisposableStack();
  let idp: TestProvider;
  beforeAll(async () => {
    idp = disposal.use(await openTestProvider({ DATABASE_URL: await open(disposal) }));
  });
  afterAll(() => disposal.disposeAsync());

  it.each(rows)('of a token that %s', async (_what, { login, refresh, to = BLOG_API, gives }) => {
    const own = await siteTokens(idp, 'shop', login);
    const subject = refresh ? await refreshed(idp, own, refresh) : own;
    expect(await permissionsIn(exchange(idp, subject.access_token, { resource: to }))).toEqual(gives);
  });

  describe('of an own token', () => {
    let tokens: Tokens;
    beforeEach(async () => {
      tokens = await siteTokens(idp, 'shop', { resource: SHOP_API });
    });
    const exchanged = async () => {
      const answer: Tokens = await (await exchange(idp, tokens.access_token)).json();
      return answer;
    };
    /** A token of this provider with another id. */
    const withJti = (change: (jti: string) => string) => {
      const claims: AccessTokenClaims & { iat: number } = decodeJwt(tokens.access_token);
      const key = idp.provider.keys.signingKey('ES256');
      return signAccessToken({ ...claims, jti: change(claims.jti) }, key);
    };

    it('is refused for its own audience: that would only live longer', async () => {
      const same = exchange(idp, tokens.access_token, { resource: SHOP_API });
      expect(await errorOf(same)).toBe('400 invalid_target');
    });

    it('gives no token that is exchanged again', async () => {
      const { access_token } = await exchanged();
      for (const resource of [SHOP_API, BLOG_API])
        expect(await errorOf(exchange(idp, access_token, { resource }))).toBe('400 invalid_request');
    });

    it('gives a token that ends with it', async () => {
      idp.advanceClock(450);
      const { access_token, expires_in } = await exchanged();
      expect(expires_in).toBe(150);
      expect(decodeJwt(access_token).exp).toBe(decodeJwt(tokens.access_token).exp);
    });

    it('gives nothing in the seconds after its end, in which APIs with another clock may take it', async () => {
      idp.advanceClock(600);
      expect(await errorOf(exchange(idp, tokens.access_token))).toBe('400 invalid_request');
    });

    it('gives a token that is over here as soon as it is revoked, and no other one of its grant', async () => {
      const [child, sibling] = [await exchanged(), await refreshed(idp, tokens)];
      expect(await introspected(idp, child.access_token)).toMatchObject({ active: true, aud: BLOG_API });
      expect((await revocation(idp, tokens.access_token)).status).toBe(200);
      expect(await isActive(idp, child.access_token)).toBe(false);
      expect(await isActive(idp, child.access_token, 'blog')).toBe(false);
      expect(await permissionsIn(exchange(idp, sibling.access_token))).toEqual(['blog:posts.read']);
    });

    it('gives a token that can be revoked alone', async () => {
      const child = await exchanged();
      await revocation(idp, child.access_token);
      expect(await isActive(idp, child.access_token)).toBe(false);
      expect(await isActive(idp, tokens.access_token)).toBe(true);
    });

    it('gives a token that is over with the grant', async () => {
      const child = await exchanged();
      await revocation(idp, tokens.refresh_token);
      expect(await isActive(idp, child.access_token)).toBe(false);
    });

    it.each<readonly [string, (jti: string) => string]>([
      ['of which nobody kept what it reaches', (jti) => jti.replace('.a.', '.n.AAAAAAAAAAA.')],
      ['of an earlier release, of which nobody knows', (jti) => jti.replace('.a.', '.')],
      ['of a grant that is not there', (jti) => jti.replace(/^[^.]+/, 'A'.repeat(22))],
      ['with an id of another form', () => 'x'],
      ['that a client got for itself', () => 'client.AAAAAAAAAAA'],
    ])('is refused for one %s', async (_what, change) => {
      expect(await errorOf(exchange(idp, await withJti(change)))).toBe('400 invalid_request');
    });

    it('gives nothing where the person holds nothing', async () => {
      await idp.provider.store.setRoles('ada', [], 1);
      const [all, one] = [exchange(idp, tokens.access_token), { scope: 'blog:posts.read' }];
      expect(await errorOf(all)).toBe('400 invalid_target');
      expect(await errorOf(exchange(idp, tokens.access_token, one))).toBe('400 invalid_target');
      await idp.provider.store.setRoles('ada', ['member'], 1);
    });

    it('gives nothing of what the person does not hold, by name', async () => {
      await idp.provider.store.setRoles('ada', ['reader'], 1);
      const blog = await siteTokens(idp, 'blog', { resource: BLOG_API });
      const asked = (scope: string) =>
        permissionsIn(exchange(idp, blog.access_token, { resource: SHOP_API, scope }, 'blog'));
      expect(await asked('shop:prices.member')).toBe('400 invalid_scope');
      expect(await asked('shop:prices.member shop:products.read')).toEqual(['shop:products.read']);
      await idp.provider.store.setRoles('ada', ['member'], 1);
    });
  });

  it('is refused to a public client, which proves nothing, whatever an earlier release registered', async () => {
    const registration = {
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      redirect_uris: ['com.example.app:/callback'],
      grant_types: ['authorization_code', 'urn:ietf:params:oauth:grant-type:token-exchange'],
      resources: [SHOP_API, BLOG_API],
      permissions: ['shop:products.read', 'blog:posts.read'],
      first_party: true,
    };
    const { store, clients } = idp.provider;
    await store.addClient({ clientId: 'earlier', registration, secretHash: undefined }, 1);
    await clients.reload();
    const own = await nativeTokens(idp, 'earlier');
    const form = { ...exchangeForm(own.access_token), client_id: 'earlier' };
    const request = new Request(`${ISSUER}/token`, { method: 'POST', body: new URLSearchParams(form) });
    expect(await errorOf(idp.fetch(request))).toBe('400 unauthorized_client');
  });
}
