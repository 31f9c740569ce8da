import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestProvider, openTestProvider } from '../../../test/test-provider.ts';
import { ISSUER } from '../../../test/registrations.ts';

const SECRET = 'shop-secret-0123456789';
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('client authentication', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const ask = (form: Record<string, string>, authorization?: string, query = '') =>
    idp.fetch(
      new Request(`${ISSUER}/token${query}`, {
        method: 'POST',
        headers: authorization === undefined ? {} : { authorization },
        body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'none', ...form }),
      }),
    );

  it.each([
    ['the wrong secret', {}, basic('shop:wrong')],
    ['an empty secret', {}, basic('shop:')],
    ['no secret', { client_id: 'shop' }, undefined],
    ['an empty secret in the body', { client_id: 'shop', client_secret: '' }, undefined],
    ['another client’s secret', {}, basic('shop:blog-secret-0123456789')],
    ['an unknown client', {}, basic(`nobody:${SECRET}`)],
    ['X-15 a client called __proto__', {}, basic('__proto__:x')],
    ['no colon', {}, basic('shop')],
    ['no base64', {}, 'Basic %%%'],
    ['another scheme', {}, `Bearer ${SECRET}`],
    ['a broken escape', {}, basic('shop:%zz')],
    ['a secret with an unescaped :', {}, basic('colon:colon:secret-0123456789')],
    ['a secret with an unescaped %', {}, basic('odd:odd:%secret+0123456')],
    [
      'a secret in Basic and in the body',
      { client_id: 'shop', client_secret: SECRET },
      basic(`shop:${SECRET}`),
    ],
    ['a secret in Basic and an assertion', { client_assertion: 'a.b.c' }, basic(`shop:${SECRET}`)],
    [
      'a secret in the body and an assertion',
      { client_id: 'shop', client_secret: SECRET, client_assertion: 'a.b.c' },
      undefined,
    ],
    ['an id that differs from the authenticated one', { client_id: 'blog' }, basic(`shop:${SECRET}`)],
    ['nothing at all', {}, undefined],
    [
      'a secret for a public client',
      { client_id: 'native', client_secret: 'whatever-it-is-0123' },
      undefined,
    ],
  ])('P-23 refuses %s', async (_what, form, authorization) => {
    const response = await ask(form, authorization);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  const GENERAL = 'the client is unknown or its authentication failed';
  const ONE_WAY = 'use one way of client authentication (RFC 6749 section 2.3)';
  const NARROW = 'headed-secret-0123456789';
  it.each<
    readonly [what: string, form: Record<string, string>, authorization: string | undefined, says: string]
  >([
    [
      'client_secret_basic beside a secret in the body',
      { client_secret: NARROW },
      basic(`headed:${NARROW}`),
      'send the secret in one way; this client is registered for client_secret_basic',
    ],
    [
      'a right secret in a way that is not registered',
      { client_id: 'headed', client_secret: NARROW },
      undefined,
      'send the secret in one way; this client is registered for client_secret_basic',
    ],
    [
      'both where both are registered',
      { client_secret: SECRET },
      basic(`shop:${SECRET}`),
      'send the secret in one way; this client is registered for client_secret_basic or client_secret_post',
    ],
    ['P-23 both with wrong secrets', { client_secret: 'wrong' }, basic('headed:wrong'), ONE_WAY],
    ['P-23 both for an unknown client', { client_secret: 'wrong' }, basic('nobody:wrong'), ONE_WAY],
    ['P-23 a wrong secret', {}, basic('headed:wrong'), GENERAL],
    ['P-23 an unknown client', {}, basic('nobody:wrong'), GENERAL],
  ])(
    'says for %s how to authenticate, to whoever has the secret',
    async (_what, form, authorization, says) => {
      const response = await ask(form, authorization);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: 'invalid_client', error_description: says });
    },
  );

  it('P-23 ignores a secret in the address', async () => {
    expect((await ask({}, undefined, `?client_id=shop&client_secret=${SECRET}`)).status).toBe(401);
  });

  it.each([
    ['Basic', {}, basic(`shop:${SECRET}`)],
    ['basic in lower case', {}, basic(`shop:${SECRET}`).replace('Basic', 'basic')],
    ['Basic with its own id beside it', { client_id: 'shop' }, basic(`shop:${SECRET}`)],
    [
      'the body, where the registration leaves it open',
      { client_id: 'shop', client_secret: SECRET },
      undefined,
    ],
    ['a secret with + as it stands', {}, basic('plus:plus+secret/0123456==')],
    ['a secret with + form-encoded', {}, basic(`plus:${encodeURIComponent('plus+secret/0123456==')}`)],
    ['a secret with : and % form-encoded', {}, basic(`odd:${encodeURIComponent('odd:%secret+0123456')}`)],
    ['nothing for a public client', { client_id: 'native' }, undefined],
  ])('accepts %s', async (_what, form, authorization) => {
    expect(await (await ask(form, authorization)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it.each([
    ['P-24 password', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['P-24 implicit', { grant_type: 'implicit' }, 'unsupported_grant_type'],
    ['X-15 constructor', { grant_type: 'constructor' }, 'unsupported_grant_type'],
    ['no grant_type', { grant_type: '' }, 'invalid_request'],
    ['no code', { grant_type: 'authorization_code' }, 'invalid_request'],
    ['no refresh token', { refresh_token: '' }, 'invalid_request'],
  ])('%s is refused by name', async (_what, form, error) => {
    const response = await ask(form, basic(`shop:${SECRET}`));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });

  it('P-24 a grant the client is not registered for is refused by name', async () => {
    expect(await (await ask({}, basic('bare:bare-secret-0123456789'))).json()).toMatchObject({
      error: 'unauthorized_client',
    });
  });
});
