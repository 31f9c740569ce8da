import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { createResourceServer } from '../resource/index.ts';
import { createMemorySingleUse } from '../session/stores/memory-stores.ts';
import { createTestIssuer, type TestIssuer } from '../testing/index.ts';
import { createDpopProof, generateDpopKey } from '../tokens/index.ts';
import { bearer } from './index.ts';

let issuer: TestIssuer;
beforeEach(async () => {
  issuer = await createTestIssuer();
});

describe('a Hono API', () => {
  it.each([
    ['nothing', undefined, 401],
    ['garbage', 'Bearer x', 401],
    ['T-33 Basic', 'Basic eA==', 401],
  ])('answers %s with a challenge', async (_what, authorization, status) => {
    const response = await createApi().request(
      '/things',
      authorization === undefined ? {} : { headers: { authorization } },
    );
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('lets a right token through, with the permission it needs', async () => {
    const authorization = `Bearer ${await issuer.accessToken()}`;
    const api = createApi();
    expect(await (await api.request('/things', { headers: { authorization } })).text()).toBe('person-ada');
    expect((await api.request('/things/all', { headers: { authorization } })).status).toBe(403);
  });
});

describe('a Hono API with tokens that are bound to a key', () => {
  it('takes one with its proof, refuses it as Bearer, and lets registered pages in', async () => {
    const { audience, clock, fetch } = issuer;
    const server = createResourceServer({
      issuer: issuer.issuer,
      audience,
      fetch,
      clock,
      dpop: {
        publicUrl: 'https://api.example',
        proofs: createMemorySingleUse(clock),
        nonceSecrets: ['n'.repeat(32)],
      },
      cors: { origins: ['https://blog.example'] },
    });
    const app = new Hono()
      .options('/things', (context) => server.preflight(context.req.raw))
      .get('/things', bearer(server), (context) => context.text(context.get('token').sub));
    const key = await generateDpopKey();
    const accessToken = await issuer.accessToken({ cnf: { jkt: key.kid } });
    const origin = 'https://blog.example';
    const stolen = await app.request('/things', {
      headers: { authorization: `Bearer ${accessToken}`, origin },
    });
    expect(stolen.status).toBe(401);
    const nonce = stolen.headers.get('dpop-nonce') ?? '';
    const target = { method: 'GET', url: 'https://api.example/things' };
    const dpop = await createDpopProof(key, { ...target, accessToken, nonce, clock });
    const headers = { authorization: `DPoP ${accessToken}`, dpop, origin };
    const answer = await app.request('/things', { headers });
    expect([answer.status, await answer.text()]).toEqual([200, 'person-ada']);
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('dpop-nonce')).toBe(nonce);
    expect((await app.request('/things', { method: 'OPTIONS', headers: { origin } })).status).toBe(204);
  });
});

function createApi() {
  const server = createResourceServer({
    issuer: issuer.issuer,
    audience: issuer.audience,
    fetch: issuer.fetch,
    clock: issuer.clock,
  });
  return new Hono()
    .get('/things', bearer(server), (context) => context.text(context.get('token').sub))
    .get('/things/all', bearer(server, { permission: 'things.delete' }), (context) => context.text('all'));
}
