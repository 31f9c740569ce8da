import { describe, expect, it } from 'vitest';
import { createTestIssuer } from '../testing/index.ts';
import { createResourceServer } from './index.ts';

const issuer = await createTestIssuer();
const token = await issuer.accessToken();
const api = createResourceServer({
  issuer: issuer.issuer,
  audience: issuer.audience,
  keys: issuer.keys.verificationKeys,
  clock: issuer.clock,
  realm: 'things',
});
const handler = api.guard(() => new Response('ok'));
const MISSING = 'Bearer realm="things"';
const MALFORMED = /^Bearer realm="things", error="invalid_request", error_description="[^"]+"$/;

describe('a request without a bearer token', () => {
  it.each([
    ['no header', new Headers()],
    ['T-33 Basic with the token', new Headers({ authorization: `Basic ${token}` })],
    ['T-33 Token with the token', new Headers({ authorization: `Token ${token}` })],
    ['T-33 the token alone', new Headers({ authorization: token })],
    ['T-33 a scheme that starts like Bearer', new Headers({ authorization: `Bearerx ${token}` })],
    ['T-33 DPoP', new Headers({ authorization: `DPoP ${token}` })],
    ['an empty header', new Headers({ authorization: '' })],
    [
      'X-10 the token in another header',
      new Headers({ 'x-authorization': `Bearer ${token}`, 'x-user': 'ada' }),
    ],
  ])('(%s) is told how to authenticate, and no error (RFC 6750 §3.1)', async (_what, headers) => {
    const response = await handler(new Request('https://api.example', { headers }));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(MISSING);
    await expect(response.json()).resolves.toHaveProperty('error', 'unauthorized');
  });

  it('T-34 is one whose token is in the query or the body', async () => {
    const query = new Request(`https://api.example/?access_token=${token}`);
    const body = new Request('https://api.example', {
      method: 'POST',
      body: new URLSearchParams({ access_token: token }),
    });
    for (const request of [query, body]) {
      const response = await handler(request);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, MISSING]);
    }
  });
});

describe('a Bearer header of another form', () => {
  it.each([
    ['T-32 without a token', 'Bearer'],
    ['T-32 with two spaces', `Bearer  ${token}`],
    ['T-32 with two tokens', `Bearer ${token} ${token}`],
    ['T-32 twice', `Bearer ${token}, Bearer ${token}`],
    ['T-32 with % junk', 'Bearer %00%ff%zz'],
    ['T-32 with a tab', `Bearer\t${token}`],
    ['T-32 with quotes', `Bearer "${token}"`],
    ['T-32 with parameters', `Bearer token="${token}"`],
    ['X-16 with 50 kB of equals signs', `Bearer ${'='.repeat(50_000)}`],
  ])('%s answers 400 invalid_request', async (_what, authorization) => {
    const response = await handler(new Request('https://api.example', { headers: { authorization } }));
    expect(response.status).toBe(400);
    expect(response.headers.get('www-authenticate')).toMatch(MALFORMED);
  });
});

it.each(['bearer', 'BEARER', 'Bearer'])(
  'T-32 the scheme may be written %s (RFC 9110 §11.1)',
  async (scheme) => {
    const headers = { authorization: `${scheme} ${token}` };
    expect((await handler(new Request('https://api.example', { headers }))).status).toBe(200);
  },
);

it('an opaque token is a token, and an invalid one', async () => {
  const headers = { authorization: 'Bearer abc~def+ghi/jkl==' };
  const response = await handler(new Request('https://api.example', { headers }));
  expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
});
