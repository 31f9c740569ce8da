import { createResourceServer } from '@sso/auth/resource';
import { createMemoryRevocations } from '@sso/auth/session';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../../test/browser.ts';
import { answer, ask, STRANGER } from '../../../test/consent-form.ts';
import { BLOG_API, LONE_API, SHOP_API } from '../../../test/registrations.ts';
import {
  authorizePath,
  codeForm,
  openTestProvider,
  sessionIdOf,
  signIn,
  type TestProvider,
  type Tokens,
  tokensFor,
} from '../../../test/test-provider.ts';
import { introspected } from '../../../test/token-requests.ts';

const sidIn = (token: string) => decodeJwt(token)['sid'];

describe('the sid of a token', () => {
  let idp: TestProvider;
  let browser: Browser;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  beforeEach(() => {
    browser = idp.browser();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  /** Redeems the code of a site where the browser is signed in already. */
  async function silently(clientId: string, change: Record<string, string> = {}): Promise<Tokens> {
    const redirect_uri = `https://${clientId}.example/auth/callback`;
    const path = authorizePath({ client_id: clientId, redirect_uri, prompt: 'none', ...change });
    return redeem(locationOf(await browser.get(path)), clientId);
  }

  async function redeem(callback: URL, clientId: string): Promise<Tokens> {
    const redirect_uri = `https://${clientId}.example/auth/callback`;
    return (await idp.token(codeForm(callback, { redirect_uri }), clientId)).json();
  }

  const atShop = (change: Record<string, string> = {}) =>
    tokensFor(idp, authorizePath(change), 'ada', browser);

  async function exchanged(subject_token: string, resource: string, clientId = 'shop'): Promise<string> {
    const response = await idp.token(
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token,
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        resource,
      },
      clientId,
    );
    return (await response.json()).access_token;
  }

  it('B-08 is another for each client of a session', async () => {
    const shop = await atShop();
    const blog = await silently('blog');
    expect(await sessionIdOf(idp, shop.access_token)).toBe(await sessionIdOf(idp, blog.access_token));
    expect(sidIn(shop.id_token)).not.toBe(sidIn(blog.id_token));
  });

  it('is one for a client, at every login of the session and after every refresh', async () => {
    const first = await atShop();
    const second = await silently('shop');
    idp.advanceClock(1000);
    const { refresh_token } = second;
    const third: Tokens = await (await idp.token({ grant_type: 'refresh_token', refresh_token })).json();
    const again = await tokensFor(idp, authorizePath({ prompt: 'login' }), 'ada', browser);
    const sids = [first, second, third, again].map(({ id_token }) => sidIn(id_token));
    expect(new Set(sids).size).toBe(1);
  });

  it('is another in every session', async () => {
    const [one, other] = [await atShop(), await tokensFor(idp)];
    expect(sidIn(one.id_token)).not.toBe(sidIn(other.id_token));
  });

  it('is the site’s own in a token for its own API, so that a logout of the site ends it there too', async () => {
    const tokens = await atShop({ resource: SHOP_API });
    expect(sidIn(tokens.access_token)).toBe(sidIn(tokens.id_token));
  });

  it('is the client’s own in a token for the provider', async () => {
    const tokens = await atShop();
    expect(sidIn(tokens.access_token)).toBe(sidIn(tokens.id_token));
  });

  it('is, in a token for another site’s API, what that site knows the session by', async () => {
    const shop = await atShop({ resource: SHOP_API });
    const forBlog = await exchanged(shop.access_token, BLOG_API);
    const blog = await silently('blog');
    expect(sidIn(forBlog)).toBe(sidIn(blog.id_token));
    expect(sidIn(forBlog)).not.toBe(sidIn(shop.id_token));
  });

  it('B-03 ends the site’s own sessions, at its API too, and no other site’s', async () => {
    const { issuer, clock, keys } = idp.provider;
    const revocations = createMemoryRevocations(clock);
    const shared = { issuer, clock, keys: keys.verificationKeys, revocations };
    const statusAt = async (audience: string, token: string) => {
      const api = createResourceServer({ ...shared, audience });
      const headers = { authorization: `Bearer ${token}` };
      return (await api.guard(() => new Response('yours'))(new Request(audience, { headers }))).status;
    };
    const shop = await atShop({ resource: SHOP_API });
    const forBlog = await exchanged(shop.access_token, BLOG_API);
    const at = clock();
    await revocations.revoke({ issuer, sid: String(sidIn(shop.id_token)), at, until: at + 600 });
    expect(await statusAt(SHOP_API, shop.access_token)).toBe(401);
    expect(await statusAt(BLOG_API, forBlog)).toBe(200);
    await revocations.revoke({
      issuer,
      sid: String(sidIn((await silently('blog')).id_token)),
      at,
      until: at + 600,
    });
    expect(await statusAt(BLOG_API, forBlog)).toBe(401);
  });

  it('is missing in a token for an API that no client stands for', async () => {
    const redirect_uri = 'https://legacy.example/auth/callback';
    const path = authorizePath({ client_id: 'legacy', redirect_uri, resource: LONE_API });
    const tokens = await redeem(await signIn(browser, path), 'legacy');
    expect(decodeJwt(tokens.access_token)).not.toHaveProperty('sid');
    expect(sidIn(tokens.id_token)).toMatch(/^[\w-]{22}$/);
  });

  it('is another after consent was taken back, from the next grant of the same session on', async () => {
    await signIn(browser);
    const scopes = ['openid', 'profile', 'email'];
    const before = await redeem(await answer(browser, ask(), scopes), STRANGER.client_id);
    const sessionId = await sessionIdOf(idp, before.access_token);
    await idp.provider.store.revokeConsent('sub-ada', STRANGER.client_id, idp.provider.clock());
    const after = await redeem(await answer(browser, ask(), scopes), STRANGER.client_id);
    expect(await sessionIdOf(idp, after.access_token)).toBe(sessionId);
    expect(sidIn(after.id_token)).toMatch(/^[\w-]{22}$/);
    expect(sidIn(after.id_token)).not.toBe(sidIn(before.id_token));
  });

  it('is missing once the session of an offline grant has ended, and what is introspected names none', async () => {
    await signIn(browser);
    const scope = 'openid offline_access';
    const granted = await answer(browser, ask({ scope, prompt: 'consent' }), ['openid', 'offline_access']);
    const before = await redeem(granted, STRANGER.client_id);
    await idp.provider.signOn.end(await sessionIdOf(idp, before.access_token));
    const refreshed = await idp.token(
      { grant_type: 'refresh_token', refresh_token: before.refresh_token },
      STRANGER.client_id,
    );
    const after: Tokens = await refreshed.json();
    for (const token of [after.id_token, after.access_token])
      expect(decodeJwt(token)).not.toHaveProperty('sid');
    const description = await introspected(idp, after.refresh_token, STRANGER.client_id);
    expect(description).toMatchObject({ active: true });
    expect(description).not.toHaveProperty('sid');
  });

  it('is what introspection says of a refresh token', async () => {
    const tokens = await atShop();
    expect(await introspected(idp, tokens.refresh_token)).toMatchObject({ sid: sidIn(tokens.id_token) });
  });

  it('is told to the log once for each client, beside the session', async () => {
    const shop = await atShop({ resource: SHOP_API });
    const forBlog = await exchanged(shop.access_token, BLOG_API);
    const blog = await silently('blog');
    const sessionId = await sessionIdOf(idp, shop.access_token);
    const own = idp.events.filter((event) => 'sessionId' in event && event.sessionId === sessionId);
    expect(own.filter(({ type }) => type === 'session.reached')).toEqual([
      { type: 'session.reached', sessionId, clientId: 'shop', sid: sidIn(shop.id_token) },
      { type: 'session.reached', sessionId, clientId: 'blog', sid: sidIn(blog.id_token) },
    ]);
    expect(own).toContainEqual(expect.objectContaining({ type: 'token.exchanged', sid: sidIn(forBlog) }));
    expect(own.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['sign-in.accepted', 'authorization.granted', 'code.consumed']),
    );
  });
});
