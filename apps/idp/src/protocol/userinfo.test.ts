import { generateSigningJwk, importSigningKey, signAccessToken } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authorizePath,
  type TestProvider,
  openTestProvider,
  sessionIdOf,
  type Tokens,
  tokensFor,
} from '../../test/test-provider.ts';
import { ISSUER, SHOP_API } from '../../test/registrations.ts';

describe('userinfo', () => {
  let idp: TestProvider;
  let tokens: Tokens;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  beforeEach(async () => {
    tokens = await tokensFor(idp);
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (authorization?: string, init: RequestInit = {}, query = '') =>
    idp.fetch(
      new Request(`${ISSUER}/userinfo${query}`, {
        ...init,
        headers: authorization === undefined ? {} : { authorization },
      }),
    );
  const bearer = (token: string) => ask(`Bearer ${token}`);
  const post = (form: Record<string, string> | [string, string][], authorization?: string) =>
    ask(authorization, { method: 'POST', body: new URLSearchParams(form) });

  it.each(['GET', 'POST'])('answers %s with the claims of the granted scopes', async (method) => {
    const { access_token } = await tokensFor(idp, authorizePath({ scope: 'openid email' }));
    const response = await ask(`Bearer ${access_token}`, { method });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ sub: 'sub-ada', email: 'ada@example.com', email_verified: true });
  });

  it.each<readonly [string, () => Promise<string> | string]>([
    ['T-13 an ID token', () => tokens.id_token],
    [
      'T-17 a token for an API',
      async () => (await tokensFor(idp, authorizePath({ resource: SHOP_API }))).access_token,
    ],
    ['T-35 a token with other claims under the same signature', () => altered(tokens.access_token)],
    ['a token that another key signed', () => forged(tokens.access_token)],
    ['T-01 a token with alg none', () => unsigned(tokens.access_token)],
    ['a refresh token', () => tokens.refresh_token],
    ['T-27 a token of 200 kB', () => 'x'.repeat(200_000)],
  ])('G5 refuses %s with a challenge', async (_what, token) => {
    const response = await bearer(await token());
    expect([400, 401]).toContain(response.status);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_/);
  });

  it.each([
    ['T-32 no token', undefined],
    ['T-32 an empty one', 'Bearer'],
    ['T-32 two tokens', 'Bearer a b'],
    ['T-33 Basic', 'Basic abc'],
    ['T-33 Token', 'Token abc'],
  ])('%s is refused', async (_what, authorization) => {
    const response = await ask(authorization);
    expect([400, 401]).toContain(response.status);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('T-34 ignores a token in the query', async () => {
    const query = `?access_token=${tokens.access_token}`;
    expect((await ask(undefined, {}, query)).status).toBe(401);
    expect((await ask(undefined, { method: 'POST', body: new URLSearchParams() }, query)).status).toBe(401);
  });

  describe('asked with the token in a form body (RFC 6750 §2.2)', () => {
    it('answers as it answers the header', async () => {
      const { access_token } = await tokensFor(idp, authorizePath({ scope: 'openid email' }));
      const response = await post({ access_token });
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual(await (await bearer(access_token)).json());
    });

    it('takes the header beside a form without a token', async () => {
      expect((await post({ a: 'b' }, `Bearer ${tokens.access_token}`)).status).toBe(200);
      expect((await post({ access_token: '' }, `Bearer ${tokens.access_token}`)).status).toBe(200);
    });

    it.each<readonly [string, number, (token: string) => Response | Promise<Response>]>([
      [
        'T-32 a token in header and body at once',
        400,
        (access_token) => post({ access_token }, `Bearer ${access_token}`),
      ],
      [
        'T-32 a token in the body beside another scheme',
        400,
        (access_token) => post({ access_token }, 'Basic abc'),
      ],
      [
        'T-32 the same token twice',
        400,
        (token) =>
          post([
            ['access_token', token],
            ['access_token', token],
          ]),
      ],
      ['T-32 a line break behind the token', 400, (token) => post({ access_token: `${token}\r\nx-a: b` })],
      ['T-32 two tokens in one value', 400, (token) => post({ access_token: `${token} ${token}` })],
      ['a token of characters that no token has', 400, () => post({ access_token: 'tökèn' })],
      ['an empty token', 401, () => post({ access_token: '' })],
      ['T-13 an ID token', 401, () => post({ access_token: tokens.id_token })],
      [
        'T-35 a token with other claims under the same signature',
        401,
        (token) => post({ access_token: altered(token) }),
      ],
    ])('refuses %s', async (_what, status, send) => {
      const response = await send(tokens.access_token);
      expect(response.status).toBe(status);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /);
      expect(response.headers.get('www-authenticate')).not.toContain(tokens.access_token);
    });

    it.each([
      ['as JSON', 'application/json', (token: string) => JSON.stringify({ access_token: token })],
      ['as text', 'text/plain', (token: string) => `access_token=${token}`],
      [
        'as multipart',
        'multipart/form-data; boundary=x',
        (token: string) =>
          `--x\r\nContent-Disposition: form-data; name="access_token"\r\n\r\n${token}\r\n--x--`,
      ],
    ])('sees no token in a body %s', async (_what, type, bodyOf) => {
      const body = new Blob([bodyOf(tokens.access_token)], { type });
      expect((await ask(undefined, { method: 'POST', body })).status).toBe(401);
    });

    it('X-12 refuses a form of a megabyte', async () => {
      expect((await post({ access_token: 'x'.repeat(1_000_000) })).status).toBe(413);
    });
  });

  it('T-20 refuses a token 31 seconds after its end', async () => {
    idp.advanceClock(600 + 31);
    expect((await bearer(tokens.access_token)).status).toBe(401);
  });

  it('T-37 wants the openid scope', async () => {
    const { access_token } = await tokensFor(idp, authorizePath({ scope: 'profile' }));
    const response = await bearer(access_token);
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('insufficient_scope');
  });

  it.each<readonly [string, (sessionId: string, grantId: string) => Promise<unknown>]>([
    ['T-36 its grant is revoked', (_sid, grantId) => idp.provider.store.revokeGrant(grantId, 1)],
    ['its session has ended', (sessionId) => idp.provider.signOn.end(sessionId)],
    ['T-38 its person is disabled', () => idp.provider.store.setDisabled('ada', true, 1)],
  ])('refuses a token at once when %s', async (_what, end) => {
    expect((await bearer(tokens.access_token)).status).toBe(200);
    const { jti } = decodeJwt(tokens.access_token);
    await end(await sessionIdOf(idp, tokens.access_token), String(jti).split('.')[0] ?? '');
    expect((await bearer(tokens.access_token)).status).toBe(401);
    await idp.provider.store.setDisabled('ada', false, 1);
  });
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function altered(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, encode({ ...decodeJwt(token), sub: 'sub-ben' }), signature].join('.');
}

function unsigned(token: string): string {
  return `${encode({ alg: 'none', typ: 'at+jwt' })}.${token.split('.')[1]}.`;
}

async function forged(token: string): Promise<string> {
  const { iss = '', sub = '', exp = 0, iat = 0, jti = '' } = decodeJwt(token);
  const key = await importSigningKey(await generateSigningJwk('ES256'));
  return signAccessToken({ iss, sub, exp, iat, jti, aud: ISSUER, client_id: 'shop', scope: 'openid' }, key);
}
