import { describe, expect, it } from 'vitest';
import { bearer } from '../hono/index.ts';
import { createTestIssuer } from '../testing/index.ts';
import { createResourceServer, type Need } from './index.ts';

const issuer = await createTestIssuer();
const { audience, clock } = issuer;
const keys = issuer.keys.verificationKeys;
const api = createResourceServer({ issuer: issuer.issuer, audience, clock, keys });

describe('a need that locks nobody out, or everybody, is refused when it is written', () => {
  it.each<[string, Need<string>]>([
    ['an empty scope', { scope: '' }],
    ['two scopes in one', { scope: 'a b' }],
    ['a scope that ends its quotes', { scope: 'x", error="y' }],
    ['a scope beyond ASCII', { scope: 'caf\u00E9' }],
    ['an empty permission', { permission: '' }],
    ['no context that would do', { acrValues: [] }],
    ['an empty context', { acrValues: ['mfa', ''] }],
    ['an age that is no number', { maxAgeSeconds: Number.NaN }],
    ['an age below nothing', { maxAgeSeconds: -1 }],
    ['an age in fractions', { maxAgeSeconds: 0.5 }],
  ])('%s', (_what, need) => {
    const refused = expect.objectContaining({ code: 'config_invalid' });
    expect(() => api.guard(() => new Response(), need)).toThrow(refused);
    expect(() => bearer(api, need)).toThrow(refused);
  });

  it.each<[string, Need<string>]>([
    ['nothing', {}],
    ['a scope of every sign', { scope: "!#[]~'" }],
    ['a proof of this moment', { maxAgeSeconds: 0, acrValues: ['urn:mfa'] }],
  ])('but not %s', (_what, need) => {
    expect(() => api.guard(() => new Response(), need)).not.toThrow();
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
  const held = await api.authenticate({ headers });
  try {
    api.requireScope(held, scope);
  } catch (error) {
    return api.challenge(error);
  }
  return new Response();
}
