import { describe, expect, it } from 'vitest';
import { createTestIssuer } from '../testing/index.ts';
import { createResourceServer } from './index.ts';

const issuer = await createTestIssuer();
const { audience, fetch, clock } = issuer;
const api = createResourceServer({ issuer: issuer.issuer, audience, fetch, clock });
const close = api.guard(() => new Response('closed'), { maxAgeSeconds: 300, acrValues: ['mfa', 'a"b'] });

async function ask(claims: Record<string, unknown>): Promise<Response> {
  const authorization = `Bearer ${await issuer.accessToken(claims)}`;
  return close(new Request('https://api.example', { headers: { authorization } }));
}

describe('an API that wants a recent and strong proof (RFC 9470)', () => {
  it('answers whoever has one', async () => {
    expect((await ask({ auth_time: clock() - 330, acr: 'mfa' })).status).toBe(200);
  });

  it.each<[string, Record<string, unknown>]>([
    ['T-25 too old', { auth_time: clock() - 331, acr: 'mfa' }],
    ['T-25 without a time', { acr: 'mfa' }],
    ['T-25 too weak', { auth_time: clock(), acr: 'pwd' }],
    ['T-25 without a context', { auth_time: clock() }],
  ])('refuses a proof that is %s, and says what would do', async (_what, claims) => {
    const response = await ask(claims);
    expect(response.status).toBe(401);
    const challenge = response.headers.get('www-authenticate') ?? '';
    expect(challenge).toContain('error="insufficient_user_authentication"');
    expect(challenge).toContain('max_age="300"');
    expect(challenge).toContain(`acr_values="mfa a'b"`);
    expect(await response.json()).toMatchObject({
      error: 'insufficient_user_authentication',
      max_age: 300,
      acr_values: 'mfa a"b',
    });
  });
});
