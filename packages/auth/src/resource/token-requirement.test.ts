import { describe, expect, it } from 'vitest';
import { bearer } from '../hono/index.ts';
import { createTestIssuer } from '../testing/index.ts';
import { createResourceServer, type TokenRequirement } from './index.ts';

const issuer = await createTestIssuer();
const { audience, clock } = issuer;
const keys = issuer.keys.verificationKeys;
const api = createResourceServer({ issuer: issuer.issuer, audience, clock, keys });

describe('a requirement that every token meets, or none can, is refused when the guard is created', () => {
  it.each<[string, TokenRequirement<string>]>([
    ['an empty scope', { scope: '' }],
    ['two scopes in one', { scope: 'a b' }],
    ['a scope that ends its quotes', { scope: 'x", error="y' }],
    ['a scope beyond ASCII', { scope: 'caf\u00E9' }],
    ['an empty permission', { permission: '' }],
    ['an empty list of contexts', { acrValues: [] }],
    ['an empty context', { acrValues: ['mfa', ''] }],
    ['an age that is not a number', { maxAgeSeconds: Number.NaN }],
    ['a negative age', { maxAgeSeconds: -1 }],
    ['an age in fractions', { maxAgeSeconds: 0.5 }],
  ])('%s', (_what, requirement) => {
    const refused = expect.objectContaining({ code: 'config_invalid' });
    expect(() => api.guard(() => new Response(), requirement)).toThrow(refused);
    expect(() => bearer(api, requirement)).toThrow(refused);
  });

  it.each<[string, TokenRequirement<string>]>([
    ['nothing', {}],
    ['a scope of every kind of character', { scope: "!#[]~'" }],
    ['a sign-in of this moment', { maxAgeSeconds: 0, acrValues: ['urn:mfa'] }],
  ])('but not %s', (_what, requirement) => {
    expect(() => api.guard(() => new Response(), requirement)).not.toThrow();
  });
});

describe('a scope that is asked for at a request', () => {
  it.each(['x", error="invalid_token', 'a\\b', '\u20AC', 'two\r\nlines'])(
    'adds nothing to the challenge: %j (RFC 6750 §3)',
    async (scope) => {
      const response = await refusalOf(scope);
      expect(response.status).toBe(403);
      expect(response.headers.get('www-authenticate')).toMatch(
        /^Bearer realm="[^"]+", error="insufficient_scope", error_description="[^"\\]+", scope="[^"\\]+"$/,
      );
    },
  );

  it('is never one that a token without a scope has', async () => {
    expect((await refusalOf('', { scope: undefined })).status).toBe(403);
    expect((await refusalOf('', { scope: '' })).status).toBe(403);
  });
});

async function refusalOf(scope: string, claims: Record<string, unknown> = {}): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${await issuer.accessToken(claims)}` });
  const held = await api.authenticate(new Request('https://api.example', { headers }));
  try {
    api.requireScope(held, scope);
  } catch (error) {
    return api.challenge(error);
  }
  return new Response();
}
