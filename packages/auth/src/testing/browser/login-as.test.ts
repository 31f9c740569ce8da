import { describe, expect, it } from 'vitest';
import { createRelyingParty } from '../../client/index.ts';
import { sha256Base64url } from '../../crypto/index.ts';
import { randomId } from '../../foundation/index.ts';
import { createMemorySessionStore, type SessionStore } from '../../session/index.ts';
import { createTestIssuer, loginAs, type BrowserCookie, type TestPerson } from '../index.ts';

const issuer = await createTestIssuer();
const bob: TestPerson = {
  sub: 'person-bob',
  permissions: { [issuer.audience]: ['things.read'] },
  claims: { name: 'Bob', email: 'bob@example.com' },
};

function setUp(baseUrl: string, sessionStore?: SessionStore) {
  const site = { issuer: issuer.issuer, clientId: issuer.clientId, baseUrl, audience: issuer.audience };
  const sessionKey = randomId(32);
  const { fetch, clock } = issuer;
  const relyingParty = createRelyingParty({
    ...site,
    clientSecret: 'app-secret',
    sessionKeys: [sessionKey],
    fetch,
    clock,
    ...(sessionStore ? { sessionStore } : {}),
  });
  const cookies: BrowserCookie[] = [];
  const context = {
    addCookies: async (added: BrowserCookie[]) => {
      cookies.push(...added);
    },
  };
  return { relyingParty, cookies, context, options: { ...site, sessionKey, clock } };
}

/** Tokens of a login at the issuer, as a test would get them. */
async function tokensOfBrowser() {
  const verifier = randomId(32);
  const redirect_uri = 'https://app.example/auth/callback';
  const parameters = {
    response_type: 'code',
    client_id: issuer.clientId,
    redirect_uri,
    scope: 'openid',
    code_challenge: await sha256Base64url(verifier),
    code_challenge_method: 'S256',
    resource: issuer.audience,
  };
  const { callback } = issuer.authorize(`${issuer.issuer}/authorize?${new URLSearchParams(parameters)}`);
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri,
    code_verifier: verifier,
  });
  const headers = { authorization: `Basic ${btoa('app:app-secret')}` };
  const response = await issuer.fetch(`${issuer.issuer}/token`, { method: 'POST', body, headers });
  const tokens = await response.json();
  return { accessToken: String(tokens.access_token), refreshToken: String(tokens.refresh_token) };
}

describe('pain 18: loginAs', () => {
  it('opens the session that the callback would have opened', async () => {
    const { relyingParty, cookies, context, options } = setUp('https://app.example');
    await loginAs(context, { ...options, person: bob });
    const [cookie] = cookies;
    expect(cookie).toMatchObject({
      name: '__Host-session',
      url: 'https://app.example',
      httpOnly: true,
      secure: true,
    });
    const session = await relyingParty.getSession(`${cookie?.name}=${cookie?.value}`);
    expect(session?.user).toEqual({ sub: 'person-bob', name: 'Bob', email: 'bob@example.com' });
    expect(session?.permissions).toEqual(['things.read']);
  });

  it('drops prefix and Secure on plain http of this machine', async () => {
    const { cookies, context, options } = setUp('http://localhost:3000');
    await loginAs(context, options);
    expect(cookies[0]).toMatchObject({ name: 'session', secure: false });
  });

  it('says when and how the person proved who they are, as pages ask that want it anew', async () => {
    const { relyingParty, cookies, context, options } = setUp('https://app.example');
    const authTime = issuer.clock() - 200;
    await loginAs(context, { ...options, authTime, acr: 'mfa', amr: ['pwd', 'otp'] });
    const session = await relyingParty.getSession(`${cookies[0]?.name}=${cookies[0]?.value}`);
    expect(session?.proves({ maxAgeSeconds: 100 })).toBe(false);
    expect(session?.proves({ maxAgeSeconds: 300, acrValues: ['mfa'] })).toBe(true);
    expect(session?.proves({ acrValues: ['phr'] })).toBe(false);
  });

  it('leaves the session in the site’s store, where it has one', async () => {
    const sessionStore = createMemorySessionStore(issuer.clock);
    const { relyingParty, cookies, context, options } = setUp('https://app.example', sessionStore);
    await loginAs(context, { ...options, sessionStore });
    const cookie = `${cookies[0]?.name}=${cookies[0]?.value}`;
    expect((await relyingParty.getSession(cookie))?.user.name).toBe('Ada Lovelace');
    expect(cookie.length).toBeLessThan(300);
  });

  it('with a refresh token the session outlives its access token', async () => {
    const { relyingParty, cookies, context, options } = setUp('https://app.example');
    const { refreshToken, accessToken } = await tokensOfBrowser();
    await loginAs(context, { ...options, accessToken, refreshToken, accessTokenSeconds: 60 });
    const headers = { cookie: `${cookies[0]?.name}=${cookies[0]?.value}`, 'sec-fetch-mode': 'navigate' };
    const { session, cookies: changed } = await relyingParty.updateSession(
      new Request('https://app.example/', { headers }),
    );
    expect(session?.user.name).toBe('Ada Lovelace');
    expect(changed.map(({ name }) => name)).toContain('__Host-session');
    expect(issuer.requests('token').at(-1)?.form.get('grant_type')).toBe('refresh_token');
  });

  it('opens nothing at a site with another key', async () => {
    const { cookies, context, options } = setUp('https://app.example');
    await loginAs(context, { ...options, sessionKey: randomId(32) });
    const { relyingParty } = setUp('https://app.example');
    await expect(
      relyingParty.getSession(`${cookies[0]?.name}=${cookies[0]?.value}`),
    ).resolves.toBeUndefined();
  });
});
