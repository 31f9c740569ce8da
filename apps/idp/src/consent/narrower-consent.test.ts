import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locationOf } from '../../test/browser.ts';
import { answer, ask } from '../../test/consent-form.ts';
import { type Engine, engines } from '../../test/engines.ts';
import { exchange, permissionsIn, refreshed } from '../../test/exchanges.ts';
import { BLOG_API, ISSUER, SHOP_API } from '../../test/registrations.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  openTestProvider,
  sessionIdOf,
  signIn,
  type TestProvider,
  type Tokens,
} from '../../test/test-provider.ts';
import { introspected, isActive, userinfo } from '../../test/token-requests.ts';

const ASKED = {
  scope: 'openid email offline_access',
  prompt: 'consent',
  claims: JSON.stringify({ userinfo: { name: null } }),
};
const ALL = ['email', 'profile', 'offline_access', 'shop:products.read', 'shop:prices.member'];

describe.each(engines)('K-13 on $name', ({ open, skipped }) => {
  describe.skipIf(skipped)('an older grant after a narrower answer', () => {
    describeNarrower(open);
  });
});

const path = (change: Record<string, string>) => ask({ ...ASKED, resource: SHOP_API, ...change });
const login = (change: Record<string, string>) => authorizePath({ scope: 'openid email', ...change });

async function tokensOf(response: Response): Promise<Tokens> {
  const tokens: Tokens = await response.json();
  return tokens;
}

function describeNarrower(open: Engine['open']): void {
  const disposal = new AsyncDisposableStack();
  let idp: TestProvider;
  let browser: ReturnType<TestProvider['browser']>;
  let tokens: Tokens;
  beforeAll(async () => {
    idp = disposal.use(await openTestProvider({ DATABASE_URL: await open(disposal) }));
  });
  afterAll(() => disposal.disposeAsync());
  beforeEach(async () => {
    await idp.provider.store.revokeConsent('sub-ada', 'stranger', 1);
    browser = idp.browser();
    await signIn(browser);
    tokens = await allowing(ALL);
  });

  const redeem = (callback: URL, clientId = 'stranger') => {
    const redirect_uri = `https://${clientId}.example/auth/callback`;
    return idp.token(codeForm(callback, { redirect_uri }), clientId);
  };
  const allowing = async (ticked: readonly string[], change: Record<string, string> = {}) =>
    tokensOf(await redeem(await answer(browser, path(change), ticked)));
  const refresh = (change: Record<string, string> = {}, of = tokens) =>
    refreshed(idp, of, change, 'stranger');
  const disclosed = async (token: string) =>
    Object.keys(await (await userinfo(idp, token)).json()).toSorted();

  it('is as wide as it was while the answer stays', async () => {
    expect((await refresh()).scope).toBe('openid email offline_access shop:products.read shop:prices.member');
  });

  it('gives no more at a refresh than is allowed now, asked for again by name or not', async () => {
    await allowing(['shop:products.read', 'offline_access']);
    const left = 'openid offline_access shop:products.read';
    const next = await refresh();
    expect(next.scope).toBe(left);
    expect(decodeJwt(next.access_token)).toMatchObject({ permissions: ['shop:products.read'] });
    expect(decodeJwt(next.id_token)).not.toHaveProperty('email');
    const again = await refresh({ scope: 'openid email offline_access shop:prices.member' }, next);
    expect(again.scope).toBe('openid offline_access');
    const form = { grant_type: 'refresh_token', refresh_token: again.refresh_token };
    expect(await errorOf(idp.token({ ...form, scope: 'shop:prices.member' }, 'stranger'))).toBe(
      '400 invalid_scope',
    );
  });

  it('is for an API no longer of which nothing is allowed now', async () => {
    await allowing(['offline_access']);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, resource: SHOP_API };
    expect(await errorOf(idp.token(form, 'stranger'))).toBe('400 invalid_target');
  });

  it('shows userinfo what is allowed now, by tokens from before', async () => {
    const forUserinfo = await refresh({ resource: ISSUER });
    expect(await disclosed(forUserinfo.access_token)).toEqual(['email', 'email_verified', 'name', 'sub']);
    await allowing(['offline_access', 'profile']);
    expect(await disclosed(forUserinfo.access_token)).toEqual(['name', 'sub']);
    await allowing(['offline_access']);
    expect(await disclosed(forUserinfo.access_token)).toEqual(['sub']);
  });

  it('is introspected as what is allowed now, by tokens from before', async () => {
    await allowing(['offline_access', 'shop:prices.member']);
    expect(await introspected(idp, tokens.access_token, 'shop')).toMatchObject({
      scope: 'shop:prices.member',
      permissions: ['shop:prices.member'],
    });
    expect(await introspected(idp, tokens.refresh_token, 'stranger')).toMatchObject({
      scope: 'openid offline_access shop:prices.member',
    });
    await allowing(['offline_access']);
    const left = await introspected(idp, tokens.access_token, 'stranger');
    expect(left).toMatchObject({ active: true, scope: '', permissions: [] });
  });

  it('is exchanged for what is allowed now', async () => {
    const forUserinfo = await refresh({ resource: ISSUER });
    const asked = () =>
      permissionsIn(exchange(idp, forUserinfo.access_token, { resource: SHOP_API }, 'stranger'));
    expect(await asked()).toEqual(['shop:products.read', 'shop:prices.member']);
    await allowing(['offline_access', 'shop:prices.member']);
    expect(await asked()).toEqual(['shop:prices.member']);
    await allowing(['offline_access']);
    expect(await asked()).toBe('400 invalid_target');
  });

  it('ends with the sign-on session where it may no longer outlive it', async () => {
    await allowing(['email']);
    expect(await isActive(idp, tokens.refresh_token, 'stranger')).toBe(true);
    await idp.provider.signOn.end(await sessionIdOf(idp, tokens.access_token));
    expect(await isActive(idp, tokens.refresh_token, 'stranger')).toBe(false);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect(await errorOf(idp.token(form, 'stranger'))).toBe('400 invalid_grant');
  });

  it('is not the code that waits: it is redeemed for what is allowed by then', async () => {
    const waiting = await answer(browser, path({}), ALL);
    await allowing(['offline_access', 'shop:products.read']);
    const redeemed = await tokensOf(await redeem(waiting));
    expect(redeemed.scope).toBe('openid offline_access shop:products.read');
  });

  it('keeps what another answer is about, and grows back no further than it was', async () => {
    await allowing([], { scope: 'openid phone', prompt: 'consent', resource: '', claims: '' });
    expect((await refresh()).scope).toBe('openid email offline_access shop:products.read shop:prices.member');
    await allowing(['offline_access']);
    await allowing([...ALL, 'blog:posts.read'], { resource: BLOG_API });
    const { scope } = await refresh({}, await allowing(ALL));
    expect(scope).toBe('openid email offline_access shop:products.read shop:prices.member');
  });

  it('of a site of the operator’s own is narrowed where the person was asked, and not where nobody asked', async () => {
    const unasked = await tokensOf(await redeem(locationOf(await browser.get(login({}))), 'shop'));
    const consented = await tokensOf(
      await redeem(await answer(browser, login({ prompt: 'consent' }), ['email']), 'shop'),
    );
    await answer(browser, login({ prompt: 'consent' }), []);
    expect(await disclosed(consented.access_token)).toEqual(['sub']);
    expect(await disclosed(unasked.access_token)).toEqual(['email', 'email_verified', 'sub']);
  });
}
