import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locationOf } from '../../../test/browser.ts';
import {
  authorizePath,
  codeForm,
  type TestProvider,
  errorOf,
  openTestProvider,
  signIn,
} from '../../../test/test-provider.ts';
import { HOSTILE_NAMES } from '../../../test/hostile-names.ts';
import { startLoopback } from '../../../test/loopback-server.ts';
import { ISSUER } from '../../../test/registrations.ts';

const TOKENS = ['first-initial-access-token-0123456789', 'second-initial-access-token-012345678'] as const;
const REDIRECT = 'https://foreign.example.com/cb';

describe('registration', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider({
      INITIAL_ACCESS_TOKENS: TOKENS.join(','),
      OUTBOUND_HOSTS: 'app.internal,localhost',
    });
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    idp.fetch(
      new Request(`${ISSUER}/register`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKENS[0]}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );

  it('fills in what OIDC Registration §2 says where the metadata is silent, and announces itself', async () => {
    const response = await ask({ redirect_uris: [REDIRECT], unknown_member: 1, 'client_name#ja': 'x' });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const client = await response.json();
    expect(client).toMatchObject({
      client_id: expect.stringMatching(/^[\w-]{22}$/),
      client_secret: expect.stringMatching(/^[\w-]{43}$/),
      client_id_issued_at: idp.provider.clock(),
      client_secret_expires_at: 0,
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      application_type: 'web',
      token_endpoint_auth_method: 'client_secret_basic',
      id_token_signed_response_alg: 'RS256',
    });
    expect(client).not.toHaveProperty('unknown_member');
    expect(idp.events.at(-1)).toEqual({ type: 'client.registered', clientId: client.client_id });
    const metadata = await idp.fetch(new Request(`${ISSUER}/.well-known/openid-configuration`));
    expect(await metadata.json()).toMatchObject({ registration_endpoint: `${ISSUER}/register` });
  });

  it('keeps initiate_login_uri and gives it back', async () => {
    const initiate_login_uri = 'https://foreign.example.com/login?a=b';
    const client = await (await ask({ redirect_uris: [REDIRECT], initiate_login_uri })).json();
    expect(client).toMatchObject({ initiate_login_uri });
    expect(idp.provider.clients.find(client.client_id)?.initiateLoginUri).toBe(initiate_login_uri);
  });

  it.each([
    ['on plain http', 'http://foreign.example.com/login'],
    ['of another scheme', 'com.example.app:/login'],
    ['that is script', 'javascript:alert(1)'],
    ['that is data', 'data:text/html,x'],
    ['that is relative', '/login'],
    ['with a fragment', 'https://foreign.example.com/login#x'],
    ['with a user name', 'https://shop.example@foreign.example.com/login'],
    ['of 3 kB', `https://foreign.example.com/${'x'.repeat(3000)}`],
    ['that is a list', ['https://foreign.example.com/login']],
  ])('L-01 refuses an initiate_login_uri %s', async (_what, initiate_login_uri) => {
    const answer = ask({ redirect_uris: [REDIRECT], initiate_login_uri });
    expect(await errorOf(answer)).toBe('400 invalid_client_metadata');
  });

  it('takes an initiate_login_uri on plain http on this machine', async () => {
    const initiate_login_uri = 'http://localhost:3000/login';
    expect((await ask({ redirect_uris: [REDIRECT], initiate_login_uri })).status).toBe(201);
  });

  it('gives a client that can sign people in at once, with consent, and with RS256', async () => {
    const { client_id, client_secret } = await (await ask({ redirect_uris: [REDIRECT] })).json();
    expect(idp.provider.clients.find(client_id)).toMatchObject({
      firstParty: false,
      dynamicallyRegistered: true,
    });
    const path = authorizePath({
      client_id,
      redirect_uri: REDIRECT,
      scope: 'openid',
    });
    const browser = idp.browser();
    await signIn(browser);
    const consent = locationOf(await browser.get(path));
    expect(consent.pathname).toMatch(/^\/consent\//);
    const html = await (await browser.get(consent.pathname)).text();
    const agreed = locationOf(await browser.post(consent.pathname, agreementIn(html)));
    const callback = locationOf(await browser.get(agreed.pathname));
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
    const answer = await idp.fetch(
      new Request(`${ISSUER}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body: new URLSearchParams(codeForm(callback, { redirect_uri: REDIRECT })),
      }),
    );
    const { id_token } = await answer.json();
    expect(decodeProtectedHeader(id_token)).toMatchObject({ alg: 'RS256' });
  });

  it('takes either token, and a public client gets no secret', async () => {
    const body = { redirect_uris: ['com.example.app:/cb'], application_type: 'native' };
    const response = await ask(
      { ...body, token_endpoint_auth_method: 'none' },
      { authorization: `bearer ${TOKENS[1]}` },
    );
    const client = await response.json();
    expect(response.status).toBe(201);
    expect(Object.keys(client).filter((name) => name.startsWith('client_secret'))).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['another token', 'Bearer first-initial-access-token-012345678X'],
    ['half of one', `Bearer ${TOKENS[0].slice(0, 20)}`],
    ['both at once', `Bearer ${TOKENS.join(',')}`],
    ['another scheme', `Basic ${TOKENS[0]}`],
  ])('answers 401 to %s', async (_what, authorization) => {
    const response = await ask({ redirect_uris: [REDIRECT] }, { authorization });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="registration"/);
    expect(await response.json()).toMatchObject({ error: 'invalid_token' });
  });

  it('T-34 takes no token from the address', async () => {
    const request = new Request(`${ISSUER}/register?access_token=${TOKENS[0]}`, {
      method: 'POST',
      body: '{}',
    });
    expect((await idp.fetch(request)).status).toBe(401);
  });

  const ok = { redirect_uris: [REDIRECT] };
  it.each([
    ['no redirect_uris', {}, 'invalid_redirect_uri'],
    ['empty redirect_uris', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['http on a public host', { redirect_uris: ['http://a.example.com/cb'] }, 'invalid_redirect_uri'],
    ['a fragment', { redirect_uris: [`${REDIRECT}#x`] }, 'invalid_redirect_uri'],
    ['a wildcard', { redirect_uris: ['https://*.example.com/cb'] }, 'invalid_redirect_uri'],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['a number', { redirect_uris: [1] }, 'invalid_redirect_uri'],
    ['a private-use scheme for a site', { redirect_uris: ['com.example.app:/'] }, 'invalid_redirect_uri'],
    ['the implicit grant', { ...ok, grant_types: ['implicit'] }, 'invalid_client_metadata'],
    ['response_type token', { ...ok, response_types: ['token'] }, 'invalid_client_metadata'],
    ['an unknown method', { ...ok, token_endpoint_auth_method: 'tls' }, 'invalid_client_metadata'],
    ['an unsigned ID token', { ...ok, id_token_signed_response_alg: 'none' }, 'invalid_client_metadata'],
    ['a signed userinfo', { ...ok, userinfo_signed_response_alg: 'RS256' }, 'invalid_client_metadata'],
    ['P-08 no PKCE', { ...ok, require_pkce: false }, 'invalid_client_metadata'],
    [
      'pairwise names on several hosts',
      { redirect_uris: [REDIRECT, 'https://b.example.com/cb'], subject_type: 'pairwise' },
      'invalid_client_metadata',
    ],
    ['names of an unknown kind', { ...ok, subject_type: 'secret' }, 'invalid_client_metadata'],
    [
      'X-19 a sector in this network',
      { ...ok, sector_identifier_uri: 'https://db.internal/sector' },
      'invalid_client_metadata',
    ],
    ['a logo on plain http', { ...ok, logo_uri: 'http://a.example.com/logo' }, 'invalid_client_metadata'],
    [
      'private_key_jwt without keys',
      { ...ok, token_endpoint_auth_method: 'private_key_jwt' },
      'invalid_client_metadata',
    ],
    ['a private key', { ...ok, jwks: { keys: [{ kty: 'EC', d: 'x' }] } }, 'invalid_client_metadata'],
    [
      'X-19 logout at a metadata service',
      { ...ok, backchannel_logout_uri: 'https://169.254.169.254/' },
      'invalid_client_metadata',
    ],
    [
      'X-19 security events at a metadata service',
      { ...ok, security_event_uri: 'https://169.254.169.254/' },
      'invalid_client_metadata',
    ],
    [
      'security events by plain http',
      { ...ok, security_event_uri: 'http://a.example.com/' },
      'invalid_client_metadata',
    ],
    [
      'security events at a fragment',
      { ...ok, security_event_uri: 'https://a.example.com/#x' },
      'invalid_client_metadata',
    ],
    ['X-19 keys on this machine', { ...ok, jwks_uri: 'http://127.0.0.1:1/' }, 'invalid_client_metadata'],
    ['X-19 keys in this network', { ...ok, jwks_uri: 'https://db.internal/' }, 'invalid_client_metadata'],
    ['a list', [ok], 'invalid_client_metadata'],
    ['no JSON', '{', 'invalid_client_metadata'],
    ['X-15 a prototype', '{"__proto__":{"redirect_uris":["https://a.example.com"]}}', 'invalid_redirect_uri'],
  ])('refuses %s by name', async (_what, body, error) => {
    expect(await errorOf(ask(body))).toBe(`400 ${error}`);
  });

  it.each(HOSTILE_NAMES)('U-11 refuses a client_name that is %s', async (_what, client_name) => {
    expect(await errorOf(ask({ ...ok, client_name }))).toBe('400 invalid_client_metadata');
    expect(await errorOf(ask({ ...ok, 'client_name#ja-Hani-JP': client_name }))).toBe(
      '400 invalid_client_metadata',
    );
  });

  it('names the member and the reason', async () => {
    const { error_description } = await (await ask({ redirect_uris: [`${REDIRECT}#x`] })).json();
    expect(error_description).toBe('redirect_uris.0 has no fragment (RFC 6749 section 3.1.2)');
  });

  it('lets nobody give themselves rights, an id or a secret', async () => {
    const metadata = {
      ...ok,
      client_id: 'shop',
      client_secret: 'canary-canary-canary',
      first_party: true,
      resources: ['https://shop.example/api'],
      audiences: ['https://blog.example/api'],
      permissions: ['shop:prices.member'],
      self_registered: false,
    };
    const { client_id, client_secret } = await (await ask(metadata)).json();
    expect([client_id, client_secret]).not.toContain('shop');
    expect(client_secret).not.toBe(metadata.client_secret);
    expect(idp.provider.clients.find(client_id)).toMatchObject({
      firstParty: false,
      resources: [],
      audiences: [],
      permissions: [],
      dynamicallyRegistered: true,
    });
  });

  it('P-08 asks a client for PKCE that an earlier release registered without', async () => {
    const registration = { ...ok, require_pkce: false, self_registered: true };
    const client = { clientId: 'early', registration, secretHash: 'hash' };
    await idp.provider.store.addClient(client, idp.provider.clock());
    await idp.provider.clients.reload();
    expect(idp.provider.clients.find('early')?.requirePkce).toBe(true);
  });

  it('gives pairwise names to a client of one host', async () => {
    const metadata = { ...ok, subject_type: 'pairwise' };
    const { client_id, subject_type } = await (await ask(metadata)).json();
    expect(subject_type).toBe('pairwise');
    expect(idp.provider.clients.find(client_id)?.sector).toBe(new URL(REDIRECT).hostname);
  });

  it('U-16 takes a sector that lists the return addresses, and no other, pairwise or not', async () => {
    await using server = await startLoopback((_request, response) =>
      response.end(JSON.stringify([REDIRECT])),
    );
    const sector_identifier_uri = `http://localhost:${server.port}/sector.json`;
    const { client_id } = await (
      await ask({ ...ok, subject_type: 'pairwise', sector_identifier_uri })
    ).json();
    expect(idp.provider.clients.find(client_id)?.sector).toBe('localhost');
    for (const subject_type of ['pairwise', 'public', undefined]) {
      const others = {
        redirect_uris: [REDIRECT, 'https://evil.example/cb'],
        subject_type,
        sector_identifier_uri,
      };
      expect(await errorOf(ask(others))).toBe('400 invalid_client_metadata');
    }
  });

  it('X-19 lets listed hosts through', async () => {
    const body = { ...ok, backchannel_logout_uri: 'https://app.internal/logout' };
    expect((await ask(body)).status).toBe(201);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 400],
    ['JSON by another name', 'text/plain', 400],
    ['JSON with its charset', 'application/json; charset=utf-8', 201],
  ])('P-25 answers %s', async (_what, type, status) => {
    expect((await ask(ok, { 'content-type': type })).status).toBe(status);
  });

  it('X-12 takes no more than 64 KiB', async () => {
    expect((await ask({ ...ok, client_name: 'x'.repeat(70_000) })).status).toBe(413);
  });

  it('X-14 is no place to GET', async () => {
    expect((await idp.fetch(new Request(`${ISSUER}/register`))).status).toBe(405);
  });
});

/** What pressing the consent page's button sends. */
function agreementIn(html: string): Record<string, string> {
  return { session: /name="session" value="([^"]+)"/.exec(html)?.[1] ?? '', allow: 'openid' };
}
