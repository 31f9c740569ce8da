import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../../test/browser.ts';
import { answer, boxesIn, isConsent } from '../../../test/consent-form.ts';
import { ISSUER } from '../../../test/registrations.ts';
import {
  configurationRequest,
  OPEN_TO_STRANGERS,
  registerStranger,
  type SelfRegistered,
  STRANGERS_REDIRECT,
} from '../../../test/strangers.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  openTestProvider,
  signIn,
  type TestProvider,
} from '../../../test/test-provider.ts';
import { userinfo } from '../../../test/token-requests.ts';

const redirect_uris = [STRANGERS_REDIRECT];
const REFRESHABLE = { grant_types: ['authorization_code', 'refresh_token'] };

const loginOf = ({ client_id }: SelfRegistered) =>
  authorizePath({ client_id, redirect_uri: STRANGERS_REDIRECT, scope: 'openid email' });

describe('a client that registered itself (RFC 7592)', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider(OPEN_TO_STRANGERS);
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const put = (client: SelfRegistered, members: object = { redirect_uris }) =>
    idp.fetch(configurationRequest(client, 'PUT', members));
  const signedIn = async () => {
    const browser = idp.browser();
    await signIn(browser);
    return browser;
  };
  const tokenOf = ({ client_id, client_secret = '' }: SelfRegistered, form: Record<string, string>) =>
    idp.fetch(
      new Request(`${ISSUER}/token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id, client_secret, ...form }),
      }),
    );

  it('reads what it registered, by an address and a token of its own, and not its secret', async () => {
    const client = await registerStranger(idp, { policy_uri: 'https://unknown.example/policy' });
    expect(client.registration_client_uri).toBe(`${ISSUER}/register/${client.client_id}`);
    expect(client.registration_access_token).toMatch(/^[\w-]{43}$/);
    const response = await idp.fetch(configurationRequest(client, 'GET'));
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const { client_secret, client_secret_expires_at, ...rest }: Record<string, unknown> = { ...client };
    expect([client_secret, client_secret_expires_at]).not.toContain(undefined);
    expect(await response.json()).toEqual(rest);
  });

  it('changes itself: what it leaves out has its default again, and its secret stays', async () => {
    const client = await registerStranger(idp, { policy_uri: 'https://unknown.example/policy' });
    const before = idp.provider.clients.find(client.client_id)?.secretHash;
    const response = await put(client, { redirect_uris, client_name: 'Renamed' });
    expect(response.status).toBe(200);
    const changed = await response.json();
    expect(changed).toMatchObject({
      client_id: client.client_id,
      client_name: 'Renamed',
      registration_access_token: client.registration_access_token,
    });
    for (const name of ['policy_uri', 'client_secret']) expect(changed).not.toHaveProperty(name);
    expect(idp.provider.clients.find(client.client_id)).toMatchObject({
      name: 'Renamed',
      policyUri: undefined,
      secretHash: before,
      dynamicallyRegistered: true,
    });
    expect(idp.events.at(-1)).toEqual({ type: 'client.changed', clientId: client.client_id });
  });

  it('may repeat its secret, gets one when it begins to need one, and loses it when it needs none', async () => {
    const client = await registerStranger(idp);
    const { client_secret } = client;
    expect(await (await put(client, { redirect_uris, client_secret })).json()).toMatchObject({
      client_secret,
    });
    const asPublic = { redirect_uris, token_endpoint_auth_method: 'none' };
    expect(await (await put(client, asPublic)).json()).not.toHaveProperty('client_secret');
    expect(idp.provider.clients.find(client.client_id)?.secretHash).toBeUndefined();
    const again = await (await put(client)).json();
    expect(again).toMatchObject({ client_secret: expect.stringMatching(/^[\w-]{43}$/) });
    expect(again.client_secret).not.toBe(client_secret);
  });

  it.each<readonly [string, object, string]>([
    ['another client_id', { client_id: 'shop', redirect_uris }, 'invalid_client_metadata'],
    ['no client_id', { client_id: undefined, redirect_uris }, 'invalid_client_metadata'],
    ['a secret of its choice', { redirect_uris, client_secret: 'x'.repeat(43) }, 'invalid_client_metadata'],
    ['a registration token', { redirect_uris, registration_access_token: 'x' }, 'invalid_client_metadata'],
    ['a registration address', { redirect_uris, registration_client_uri: 'x' }, 'invalid_client_metadata'],
    ['a date of issue', { redirect_uris, client_id_issued_at: 1 }, 'invalid_client_metadata'],
    ['an end of its secret', { redirect_uris, client_secret_expires_at: 0 }, 'invalid_client_metadata'],
    ['no redirect_uris', {}, 'invalid_redirect_uri'],
    [
      'U-16 X-19 a sector on this machine',
      { redirect_uris, subject_type: 'pairwise', sector_identifier_uri: 'http://127.0.0.1:1/' },
      'invalid_client_metadata',
    ],
    ['a wildcard', { redirect_uris: ['https://*.unknown.example/'] }, 'invalid_redirect_uri'],
    ['P-08 no PKCE', { redirect_uris, require_pkce: false }, 'invalid_client_metadata'],
    [
      'X-19 keys on this machine',
      { redirect_uris, jwks_uri: 'http://127.0.0.1:1/' },
      'invalid_client_metadata',
    ],
  ])('can’t change itself by %s', async (_what, members, error) => {
    const client = await registerStranger(idp);
    expect(await errorOf(put(client, members))).toBe(`400 ${error}`);
    const { registration } = (await idp.provider.store.findStoredClient(client.client_id)) ?? {};
    expect(registration).toMatchObject({ redirect_uris });
  });

  it('can’t give itself rights by a change', async () => {
    const client = await registerStranger(idp);
    const rights = { first_party: true, permissions: ['shop:prices.member'], self_registered: false };
    const apis = { resources: ['https://shop.example/api'], audiences: ['https://shop.example/api'] };
    expect((await put(client, { redirect_uris, ...rights, ...apis })).status).toBe(200);
    expect(idp.provider.clients.find(client.client_id)).toMatchObject({
      firstParty: false,
      permissions: [],
      resources: [],
      dynamicallyRegistered: true,
    });
    expect(idp.provider.clients.findClientOfAudience('https://shop.example/api')?.clientId).not.toBe(
      client.client_id,
    );
  });

  it('neither sees nor changes what the operator says of it', async () => {
    const client = await registerStranger(idp);
    const audiences = ['https://unknown.example/api'];
    await idp.provider.store.setClientAudiences(client.client_id, audiences);
    expect((await put(client, { redirect_uris, audiences: [] })).status).toBe(200);
    expect(idp.provider.clients.find(client.client_id)).toMatchObject({ audiences });
    const read = await (await idp.fetch(configurationRequest(client, 'GET'))).json();
    expect(read).not.toHaveProperty('audiences');
    expect(read).not.toHaveProperty('self_registered');
  });

  it.each<readonly [string, boolean, object]>([
    ['another return address', true, { redirect_uris: [...redirect_uris, 'https://evil.example/'] }],
    ['another name', true, { redirect_uris, client_name: 'Your bank' }],
    ['another policy', false, { redirect_uris, client_name: 'Unknown', policy_uri: 'https://a.example/' }],
  ])('that gives itself %s has people asked again: %s', async (_what, asksAgain, members) => {
    const client = await registerStranger(idp);
    const browser = await signedIn();
    await answer(browser, loginOf(client), ['openid', 'email']);
    expect(isConsent(locationOf(await browser.get(loginOf(client))))).toBe(false);
    await put(client, members);
    expect(isConsent(locationOf(await browser.get(loginOf(client))))).toBe(asksAgain);
  });

  it('has people asked again once, with what they said before, and what they gave it goes on', async () => {
    const client = await registerStranger(idp, REFRESHABLE);
    const browser = await signedIn();
    const callback = await answer(browser, loginOf(client), ['openid']);
    const redeemed = codeForm(callback, { redirect_uri: STRANGERS_REDIRECT });
    const { refresh_token } = await (await tokenOf(client, redeemed)).json();
    await put(client, { redirect_uris, client_name: 'Renamed', ...REFRESHABLE });
    await put(client, { redirect_uris, client_name: 'Renamed', ...REFRESHABLE, scope: 'openid email' });
    const { pathname } = locationOf(await browser.get(loginOf(client)));
    const boxes = boxesIn(await (await browser.get(pathname)).text());
    expect(boxes).toEqual({ openid: true, email: false });
    expect((await tokenOf(client, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
    idp.advanceClock(1);
    await answer(browser, loginOf(client), ['openid']);
    expect(isConsent(locationOf(await browser.get(loginOf(client))))).toBe(false);
  });

  it('gets by an answer to its new name nothing that only its former name was allowed', async () => {
    const client = await registerStranger(idp);
    const browser = await signedIn();
    await answer(browser, loginOf(client), ['openid', 'email']);
    await put(client, { redirect_uris, client_name: 'Your bank' });
    idp.advanceClock(1);
    const { client_id } = client;
    const login = authorizePath({ client_id, redirect_uri: STRANGERS_REDIRECT, scope: 'openid' });
    await answer(browser, login, ['openid']);
    expect(isConsent(locationOf(await browser.get(login)))).toBe(false);
    expect(isConsent(locationOf(await browser.get(loginOf(client))))).toBe(true);
  });

  it('removes itself, and all that was granted to it ends', async () => {
    const client = await registerStranger(idp, REFRESHABLE);
    const browser = await signedIn();
    const callback = await answer(browser, loginOf(client), ['openid', 'email']);
    const { access_token, refresh_token } = await (
      await tokenOf(client, codeForm(callback, { redirect_uri: STRANGERS_REDIRECT }))
    ).json();
    const unused = locationOf(await browser.get(loginOf(client)));
    const waiting = locationOf(await browser.get(`${loginOf(client)}&prompt=consent`));
    const gone = await idp.fetch(configurationRequest(client, 'DELETE'));
    expect([gone.status, await gone.text(), gone.headers.get('cache-control')]).toEqual([
      204,
      '',
      'no-store',
    ]);
    expect(idp.events.at(-1)).toEqual({ type: 'client.removed', clientId: client.client_id });
    expect((await userinfo(idp, access_token)).status).toBe(401);
    expect(await errorOf(tokenOf(client, { grant_type: 'refresh_token', refresh_token }))).toMatch(/^401/);
    const redirect_uri = STRANGERS_REDIRECT;
    expect(await errorOf(tokenOf(client, codeForm(unused, { redirect_uri })))).toMatch(/^401/);
    expect((await browser.get(loginOf(client))).status).toBe(400);
    const resumed = locationOf(await browser.get(waiting.pathname));
    expect((await browser.get(resumed.pathname)).status).toBe(400);
    const listed = await idp.provider.store.listConsents('sub-ada');
    expect(listed.map(({ clientId }) => clientId)).not.toContain(client.client_id);
    for (const method of ['GET', 'DELETE'] as const)
      expect(await errorOf(idp.fetch(configurationRequest(client, method)))).toBe('401 invalid_token');
    expect(await errorOf(put(client))).toBe('401 invalid_token');
  });

  it.each<readonly [string, (client: SelfRegistered, other: SelfRegistered) => string]>([
    ['no token', () => ''],
    ['the token of another client', (_client, other) => `Bearer ${other.registration_access_token}`],
    ['its secret', ({ client_secret }) => `Bearer ${client_secret}`],
    ['an initial access token', () => `Bearer ${OPEN_TO_STRANGERS.INITIAL_ACCESS_TOKENS}`],
    ['another scheme', ({ registration_access_token }) => `Basic ${registration_access_token}`],
    [
      'half of its token',
      ({ registration_access_token }) => `Bearer ${registration_access_token.slice(0, 20)}`,
    ],
  ])('answers 401 to %s, and changes nothing', async (_what, authorizationOf) => {
    const [client, other] = [await registerStranger(idp), await registerStranger(idp)];
    const authorization = authorizationOf(client, other);
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const request = configurationRequest(client, method, method === 'PUT' ? { redirect_uris } : undefined);
      request.headers.set('authorization', authorization);
      const response = await idp.fetch(request);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="registration"/);
      expect(await errorOf(response)).toBe('401 invalid_token');
    }
    expect(idp.provider.clients.find(client.client_id)?.name).toBe('Unknown');
  });

  it('has no registration of its own where the operator registered it', async () => {
    const client = { clientId: 'wiki', registration: { redirect_uris }, secretHash: 'hash' };
    await idp.provider.store.addClient(client, idp.provider.clock());
    for (const id of ['wiki', 'shop', '', '%00', '__proto__']) {
      const headers = { authorization: 'Bearer undefined' };
      const request = new Request(`${ISSUER}/register/${id}`, { method: 'DELETE', headers });
      expect((await idp.fetch(request)).status).toBeGreaterThanOrEqual(400);
    }
    expect(await idp.provider.store.findStoredClient('wiki')).toBeDefined();
  });

  it.each([
    ['POST', '/register/x', 'GET, HEAD, PUT, DELETE'],
    ['PATCH', '/register/x', 'GET, HEAD, PUT, DELETE'],
    ['PUT', '/register', 'POST'],
    ['DELETE', '/register', 'POST'],
    ['PUT', '/account', 'GET, HEAD'],
    ['DELETE', '/token', 'POST'],
  ])('X-14 %s %s is answered with 405 and what is allowed', async (method, path, allow) => {
    const response = await idp.fetch(new Request(ISSUER + path, { method }));
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
  });
});
