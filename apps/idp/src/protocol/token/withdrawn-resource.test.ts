import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshed } from '../../../test/exchanges.ts';
import { BLOG_API, ISSUER, SHOP_API } from '../../../test/registrations.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  openTestProvider,
  signIn,
  type TestProvider,
  tokensFor,
} from '../../../test/test-provider.ts';
import { isActive } from '../../../test/token-requests.ts';

const LOGIN = authorizePath({ resource: SHOP_API });

describe('T-42 a client that may call an API no longer', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  /** What the operator does between two starts of the provider. */
  async function withoutShop<T>(act: () => Promise<T>): Promise<T> {
    const client = idp.provider.clients.find('shop') ?? {};
    Reflect.set(client, 'resources', [BLOG_API]);
    try {
      return await act();
    } finally {
      Reflect.set(client, 'resources', [SHOP_API, BLOG_API]);
    }
  }

  it.each([
    ['by name', { resource: SHOP_API }],
    ['without naming it', {}],
  ])('gets no more tokens for it by a refresh, %s; one for the provider it does', async (_how, named) => {
    const { refresh_token } = await tokensFor(idp, LOGIN);
    const refresh = { grant_type: 'refresh_token', refresh_token };
    await withoutShop(async () => {
      expect(await errorOf(idp.token({ ...refresh, ...named }))).toBe('400 invalid_target');
    });
    const own = await refreshed(idp, await tokensFor(idp, LOGIN), { resource: ISSUER });
    expect(decodeJwt(own.access_token).aud).toBe(ISSUER);
  });

  it('gets none by the code of an earlier login either', async () => {
    const callback = await signIn(idp.browser(), LOGIN);
    await withoutShop(async () => {
      expect(await errorOf(idp.token(codeForm(callback)))).toBe('400 invalid_target');
    });
  });

  it('holds a token that introspection calls active no longer, and does again when it may', async () => {
    const { access_token } = await tokensFor(idp, LOGIN);
    await withoutShop(async () => {
      expect(await isActive(idp, access_token)).toBe(false);
    });
    expect(await isActive(idp, access_token)).toBe(true);
  });
});
