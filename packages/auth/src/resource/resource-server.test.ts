import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineAccess } from '../access/index.ts';
import type { AuthEvent } from '../foundation/index.ts';
import { createTestIssuer, forgeryRows, alteredTokenRows } from '../testing/index.ts';
import { createResourceServer } from './index.ts';

const issuer = await createTestIssuer();
const commonRows = await forgeryRows(issuer);
const access = defineAccess({
  audiences: {
    'https://api.example': { title: 'Things', permissions: { 'things.read': '', 'things.write': '' } },
  },
  roles: {},
});
const events: AuthEvent[] = [];
const api = createResourceServer({
  issuer: issuer.issuer,
  audience: 'https://api.example',
  access,
  fetch: issuer.fetch,
  clock: issuer.clock,
  observe: (event) => events.push(event),
});
const read = api.guard((_request, token) => Response.json({ sub: token.sub }), { permission: 'things.read' });
const call = (token: string) =>
  read(new Request('https://api.example/things', { headers: { authorization: `Bearer ${token}` } }));

describe('an API', () => {
  it('answers a right token with what it permits', async () => {
    const response = await call(await issuer.accessToken());
    expect(response.status).toBe(200);
    await expect(response.json()).resolves.toEqual({ sub: 'person-ada' });
  });

  it('pain 16: types permissions by its audience', () => {
    expectTypeOf(api.requirePermission).parameter(1).toEqualTypeOf<'things.read' | 'things.write'>();
  });

  it.each([...commonRows])('G5 answers 401 invalid_token to %s', async (_what, forgery) => {
    const response = await call(await issuer.forge('access', forgery));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(
      /^Bearer realm="[^"]+", error="invalid_token", error_description="[^"\\]+"$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it.each(alteredTokenRows().filter(([what]) => !/NUL|line break|behind/.test(what)))(
    'G5 refuses %s',
    async (_what, mangle) => {
      const token = mangle(await issuer.accessToken(), await issuer.accessToken());
      const { status, headers } = await call(token);
      expect([400, 401]).toContain(status);
      expect(headers.get('www-authenticate')).toMatch(
        /^Bearer realm="[^"]+", error="(invalid_token|invalid_request)"/,
      );
    },
  );

  it.each(['id', 'logout'] as const)('T-13 T-15 answers 401 to an %s token', async (kind) => {
    const response = await call(await issuer.forge(kind, { claims: { aud: issuer.audience } }));
    expect(response.status).toBe(401);
  });

  it('pain 15: T-17 tells the bearer of another API’s token what to do', async () => {
    const response = await call(await issuer.accessToken({ aud: 'https://shop.example' }));
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    await expect(response.json()).resolves.toEqual({
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      error: 'invalid_token',
      detail:
        "the token is for 'https://shop.example', this API is 'https://api.example': exchange it with resource=https://api.example (RFC 8693) (token_audience)",
    });
  });

  it('T-37 answers 403 insufficient_scope and names the permission that is missing', async () => {
    const response = await call(await issuer.accessToken({ permissions: ['things.write'] }));
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer realm="https://api.example", error="insufficient_scope", error_description="this needs the permission things.read, which the person or this client does not have: grant it, then get a new token (permission_insufficient)", scope="things.read"',
    );
    await expect(response.json()).resolves.toMatchObject({
      status: 403,
      title: 'Forbidden',
      error: 'insufficient_scope',
      scope: 'things.read',
    });
  });

  it('names a page that explains the code where it has one, in body and challenge', async () => {
    const explained = createResourceServer({
      issuer: issuer.issuer,
      audience: 'https://api.example',
      fetch: issuer.fetch,
      errorUri: (code) => `https://api.example/errors/${code}`,
    });
    const request = new Request('https://api.example', { headers: { authorization: 'Bearer a b' } });
    const response = await explained.guard(() => new Response())(request);
    const uri = 'https://api.example/errors/bearer_malformed';
    expect(response.headers.get('www-authenticate')).toContain(`error_uri="${uri}"`);
    await expect(response.json()).resolves.toMatchObject({ type: uri });
  });

  it('T-37 answers 403 where a scope is missing', async () => {
    const guarded = api.guard(() => new Response(), { scope: 'email' });
    const send = async (scope: string) =>
      guarded(
        new Request('https://api.example', {
          headers: { authorization: `Bearer ${await issuer.accessToken({ scope })}` },
        }),
      );
    expect((await send('openid')).headers.get('www-authenticate')).toContain('scope="email"');
    expect((await send('openid email')).status).toBe(200);
    expect((await send('openid email_verified')).status).toBe(403);
  });

  it('reports what it accepted and refused, without the token', async () => {
    events.length = 0;
    const token = await issuer.accessToken({ jti: 'jti-1', permissions: [] });
    await call(token);
    expect(events).toEqual([
      {
        type: 'bearer.accepted',
        audience: 'https://api.example',
        sub: 'person-ada',
        clientId: 'app',
        jti: 'jti-1',
        sid: 'sid-1',
        remembered: false,
      },
      expect.objectContaining({
        type: 'bearer.rejected',
        code: 'permission_insufficient',
        permission: 'things.read',
      }),
    ]);
    expect(JSON.stringify(events)).not.toContain(token.slice(0, 40));
  });

  it('hands on what the handler throws and answers', async () => {
    const failing = api.guard(() => Promise.reject(new Error('the handler’s own')));
    const request = new Request('https://api.example', {
      headers: { authorization: `Bearer ${await issuer.accessToken()}` },
    });
    await expect(failing(request)).rejects.toThrow('the handler’s own');
    await expect(api.challenge(new Error('not about a token'))).rejects.toThrow('not about a token');
  });

  it('gives handlers a token that none of them can change for the next', async () => {
    const headers = new Headers({ authorization: `Bearer ${await issuer.accessToken()}` });
    const token = await api.authenticate(new Request('https://api.example', { headers }));
    expect(Object.isFrozen(token) && Object.isFrozen(token.permissions)).toBe(true);
    expect(token.can('things.read')).toBe(true);
  });
});

describe('the permissions of a token', () => {
  it.each([
    ['a list', ['things.read'], true],
    ['a text with spaces', 'other things.read', true],
    ['absent', undefined, false],
    ['null, which is absent', null, false],
  ])('may be %s', async (_what, scp, isHeld) => {
    const foreign = createResourceServer({ ...connection, permissionsClaim: 'scp' });
    const headers = new Headers({ authorization: `Bearer ${await issuer.accessToken({ scp })}` });
    expect(
      (await foreign.authenticate(new Request('https://api.example', { headers }))).can('things.read'),
    ).toBe(isHeld);
  });

  it.each([
    ['a text with spaces in the usual claim', 'permissions', { permissions: 'other things.read' }],
    ['beside a usual claim of a foreign shape', 'scp', { scp: 'things.read', permissions: { admin: true } }],
  ])('may be %s', async (_what, permissionsClaim, claims) => {
    const foreign = createResourceServer({ ...connection, permissionsClaim });
    const headers = new Headers({ authorization: `Bearer ${await issuer.accessToken(claims)}` });
    const token = await foreign.authenticate(new Request('https://api.example', { headers }));
    expect(token.can('things.read')).toBe(true);
    expect(token.permissions).toContain('things.read');
  });

  it.each([
    ['objects', [{ name: 'things.read' }]],
    ['an object', { 'things.read': true }],
    ['a number', 7],
  ])('must not be %s', async (_what, permissions) => {
    const response = await call(await issuer.accessToken({ permissions }));
    expect(response.status).toBe(401);
    await expect(response.json()).resolves.toHaveProperty('detail', expect.stringContaining('token_claim'));
  });

  it('can’t be overruled by a claim named has', async () => {
    const headers = new Headers({
      authorization: `Bearer ${await issuer.accessToken({ has: 'everything', permissions: [] })}`,
    });
    expect((await api.authenticate(new Request('https://api.example', { headers }))).can('things.read')).toBe(
      false,
    );
  });
});

/** As it may come from a file: `defineAccess` did not see it. */
const contractWith = (alg: unknown) => ({
  audiences: { 'https://api.example': { title: 'Things', permissions: {}, alg } },
  roles: {},
});

const connection = {
  issuer: issuer.issuer,
  audience: issuer.audience,
  fetch: issuer.fetch,
  clock: issuer.clock,
};

describe('a wrong configuration is refused at once', () => {
  it.each([
    ['http beyond this machine', { issuer: 'http://issuer.example' }, /issuer must be https/],
    ['an audience of no contract', { audience: 'https://nobody.example' }, /does not define the audience/],
    ['an empty audience', { audience: '' }, /audience is empty/],
    ['a realm that ends its quotes', { realm: 'a", error="x' }, /realm must be/],
    ['an internal address that is none', { internalIssuerUrl: 'idp' }, /internalIssuerUrl/],
    ['keys over http', { jwksUri: 'http://issuer.example/jwks' }, /jwksUri must be https/],
    ['a symmetric algorithm', { algorithms: ['HS256'] }, /asymmetric/],
    ['a contract with a symmetric algorithm', { access: contractWith('HS256') }, /asymmetric ones.*HS256/],
    ['a contract without signatures', { access: contractWith('none') }, /asymmetric ones.*none/],
    ['a contract with an algorithm in a list', { access: contractWith(['ES256']) }, /asymmetric ones/],
  ])('%s', (_what, wrong, message) => {
    expect(() =>
      Reflect.apply(createResourceServer, undefined, [{ ...connection, access, ...wrong }]),
    ).toThrow(message);
  });
});
