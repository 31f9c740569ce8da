import { describe, expect, it } from 'vitest';
import { createTestIssuer } from '../testing/index.ts';
import { createResourceServer } from './index.ts';

const issuer = await createTestIssuer();
const connection = {
  issuer: issuer.issuer,
  audience: issuer.audience,
  keys: issuer.keys.verificationKeys,
  clock: issuer.clock,
};
const cors = {
  origins: ['https://blog.example', 'https://shop.example:8443'],
  methods: ['PUT'],
  headers: ['Idempotency-Key'],
};
const api = createResourceServer({ ...connection, cors });
const handler = api.guard(() => Response.json({}, { headers: { vary: 'Accept' } }));
const authorization = `Bearer ${await issuer.accessToken()}`;

const preflight = (origin: string, answering = api) =>
  answering.preflight(
    new Request('https://api.example/things', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,dpop',
      },
    }),
  );
const corsHeaders = ({ headers }: Response) =>
  [...headers].filter(([name]) => name.startsWith('access-control-'));

describe('the CORS of an API', () => {
  it.each(cors.origins)('lets pages of %s ask with token and proof, without cookies', (origin) => {
    const { status, headers } = preflight(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization, DPoP, Content-Type, Idempotency-Key',
    );
    expect(headers.get('access-control-allow-methods')).toBe('GET, HEAD, POST, PUT');
    expect(headers.get('access-control-max-age')).toBe('600');
    expect(headers.has('access-control-allow-credentials')).toBe(false);
    expect(headers.get('vary')).toBe('Origin');
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['a site below', 'https://evil.blog.example'],
    ['a site whose name begins the same', 'https://blog.example.evil.example'],
    ['another scheme', 'http://blog.example'],
    ['another port', 'https://blog.example:444'],
    ['no port where one is registered', 'https://shop.example'],
    ['another case', 'https://BLOG.example'],
    ['a slash more', 'https://blog.example/'],
    ['two origins', 'https://blog.example, https://evil.example'],
    ['an opaque origin', 'null'],
    ['nothing', ''],
    ['all', '*'],
  ])('D-06 refuses %s, at the preflight and in answers', async (_what, origin) => {
    const refused = preflight(origin);
    expect([refused.status, corsHeaders(refused), refused.headers.get('vary')]).toEqual([403, [], 'Origin']);
    const answer = await handler(
      new Request('https://api.example/things', { headers: { origin, authorization } }),
    );
    expect([corsHeaders(answer), answer.headers.get('vary')]).toEqual([[], 'Accept, Origin']);
  });

  it('lets those pages read answers and refusals, the challenge and the nonce too', async () => {
    const [origin = ''] = cors.origins;
    for (const headers of [{ origin, authorization }, { origin }]) {
      const answer = await handler(new Request('https://api.example/things', { headers }));
      expect(Object.fromEntries(corsHeaders(answer))).toEqual({
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'DPoP-Nonce, WWW-Authenticate, Retry-After',
      });
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  });

  it('marks the answer to a request without Origin, which a cache may keep for a page', async () => {
    const answer = await handler(new Request('https://api.example/things', { headers: { authorization } }));
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('tells who names no origin which methods there are (RFC 9110 §9.3.7), and permits nothing', () => {
    const answer = api.preflight(new Request('https://api.example/things', { method: 'OPTIONS' }));
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, POST, PUT, OPTIONS']);
    expect(corsHeaders(answer)).toEqual([]);
  });

  it('lets nobody in where none is registered, and adds nothing to answers', async () => {
    const closed = createResourceServer(connection);
    expect(preflight('https://blog.example', closed).status).toBe(403);
    const headers = { origin: 'https://blog.example', authorization };
    const answer = await closed.guard(() => new Response())(new Request('https://api.example', { headers }));
    expect([corsHeaders(answer), answer.headers.has('vary')]).toEqual([[], false]);
  });

  it.each([
    '*',
    'https://*.example',
    'null',
    'https://blog.example/',
    'https://*.example/x',
    'http://blog.example',
    'blog.example',
  ])('D-06 is not created for %s', (origin) => {
    expect(() => createResourceServer({ ...connection, cors: { origins: [origin] } })).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });
});
