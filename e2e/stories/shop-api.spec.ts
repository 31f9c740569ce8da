import { expect, test } from '../fixtures/test.ts';
import { apps } from '@sso/domains';
import { z } from 'zod';
import { askForTokens, tokensOf } from '../support/tokens.ts';

/** Any claims, with a permission the person does not hold added. */
const withPermission = z
  .looseObject({ permissions: z.array(z.string()) })
  .transform((claims) => ({ ...claims, permissions: [...claims.permissions, 'shop:prices.member'] }));

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  resource: apps.shop.audience,
};

const ask = (origin: string, authorization?: string) =>
  fetch(`${origin}/api/products`, authorization === undefined ? {} : { headers: { authorization } });

test.describe("the shop's API decides by the token it is given", () => {
  test('nothing answers 401 with a bare Bearer challenge (RFC 6750 §3.1)', async ({ stack }) => {
    const response = await ask(stack.origins.shop);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(response.headers.get('www-authenticate')).not.toContain('error=');
  });

  test("G5 T-17 the blog's own token answers 401 and names the mistake", async ({ stack }) => {
    const { access_token } = await tokensOf(stack, 'blog', 'ada');
    const response = await ask(stack.origins.shop, `Bearer ${access_token}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(response.headers.get('www-authenticate')).toContain(apps.shop.audience);
  });

  test('G5 T-13 an ID token answers 401', async ({ stack }) => {
    const { id_token } = await tokensOf(stack, 'shop', 'ada');
    const response = await ask(stack.origins.shop, `Bearer ${id_token}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test("the blog's token exchanged for the shop answers with the member's prices (RFC 8693)", async ({
    stack,
  }) => {
    const { access_token: subject_token } = await tokensOf(stack, 'blog', 'ada');
    const { access_token } = await askForTokens(stack, 'blog', { ...EXCHANGE, subject_token });
    const response = await ask(stack.origins.shop, `Bearer ${access_token}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('memberPrice');
  });

  test("another person's token gives their own view: no member price anywhere", async ({ stack }) => {
    const { access_token: subject_token } = await tokensOf(stack, 'blog', 'ben');
    const { access_token } = await askForTokens(stack, 'blog', { ...EXCHANGE, subject_token });
    const response = await ask(stack.origins.shop, `Bearer ${access_token}`);
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('memberPrice');
  });

  test('T-35 a payload changed after signing answers 401', async ({ stack }) => {
    const { access_token } = await tokensOf(stack, 'shop', 'ben');
    const [header, payload = '', signature] = access_token.split('.');
    const claims = withPermission.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    expect((await ask(stack.origins.shop, `Bearer ${forged}`)).status).toBe(401);
  });

  test('T-34 a token in the query string is ignored', async ({ stack }) => {
    const { access_token } = await tokensOf(stack, 'shop', 'ada');
    const response = await fetch(`${stack.origins.shop}/api/products?access_token=${access_token}`);
    expect(response.status).toBe(401);
  });
});
