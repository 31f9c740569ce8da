import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { createResourceServer } from '../resource/index.ts';
import { createTestIssuer, type TestIssuer } from '../testing/index.ts';
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
