import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, boxesIn, STRANGER } from '../../../test/consent-form.ts';
import { locationOf } from '../../../test/browser.ts';
import { exchange, permissionsIn, refreshed } from '../../../test/exchanges.ts';
import { BLOG_API, SHOP_API } from '../../../test/registrations.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  openTestProvider,
  signIn,
  type TestProvider,
  type Tokens,
  tokensFor,
} from '../../../test/test-provider.ts';

/** The blog's API has a permission that no client here may have, and one that everybody may. */
const NOT_ALLOWED = 'openid blog:drafts.read';

const claimsOf = ({ access_token }: Tokens) => decodeJwt(access_token);

describe('K-05 a login that names only a permission that the client can’t have', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const none = { aud: BLOG_API, scope: '', permissions: [] };

  it('signs in, with no permission of that API, after a refresh too', async () => {
    const tokens = await tokensFor(idp, authorizePath({ scope: NOT_ALLOWED, resource: BLOG_API }));
    expect(tokens.scope).toBe('openid');
    expect(claimsOf(tokens)).toMatchObject(none);
    const next = await refreshed(idp, tokens);
    expect(claimsOf(next)).toMatchObject(none);
    expect(claimsOf(await refreshed(idp, next, { scope: NOT_ALLOWED }))).toMatchObject(none);
  });

  it('gets the others of that API by no refresh that names them', async () => {
    const { refresh_token } = await tokensFor(idp, authorizePath({ scope: NOT_ALLOWED, resource: BLOG_API }));
    const refresh = { grant_type: 'refresh_token', refresh_token, scope: 'openid blog:posts.read' };
    expect(await errorOf(idp.token(refresh))).toBe('400 invalid_scope');
  });

  it('gets nothing of it by an exchange', async () => {
    const { access_token } = await tokensFor(idp, authorizePath({ scope: NOT_ALLOWED, resource: SHOP_API }));
    expect(await permissionsIn(exchange(idp, access_token))).toBe('400 invalid_target');
  });

  it('is not forgotten behind fifty names that nobody knows', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `made.up.${index}`).join(' ');
    const scope = `openid ${names} blog:drafts.read`;
    const tokens = await tokensFor(idp, authorizePath({ scope, resource: BLOG_API }));
    expect(claimsOf(tokens)).toMatchObject(none);
  });

  it('holds for the permission of an API that the contract defines no longer', async () => {
    const tokens = await tokensFor(
      idp,
      authorizePath({ scope: 'openid shop:products.read', resource: SHOP_API }),
    );
    const { permissions } = idp.provider.access.audiences[SHOP_API] ?? {};
    const kept = permissions?.['shop:products.read'];
    Reflect.deleteProperty(permissions ?? {}, 'shop:products.read');
    const next = await refreshed(idp, tokens);
    Reflect.set(permissions ?? {}, 'shop:products.read', kept);
    expect(claimsOf(next)).toMatchObject({ aud: SHOP_API, scope: '', permissions: [] });
  });

  it('asks a person for nothing of that API', async () => {
    const browser = idp.browser();
    await signIn(browser);
    const path = ask({ scope: NOT_ALLOWED, resource: BLOG_API });
    const page = await browser.get(locationOf(await browser.get(path)).pathname);
    expect(boxesIn(await page.text())).toEqual({ openid: true });
    const callback = await answer(browser, path, ['blog:posts.read']);
    const form = codeForm(callback, { redirect_uri: STRANGER.redirect_uri });
    const tokens: Tokens = await (await idp.token(form, 'stranger')).json();
    expect(claimsOf(tokens)).toMatchObject(none);
  });
});

it('K-05 a login that names a permission which the person can’t have gets a token without any', async () => {
  await using idp = await openTestProvider();
  const path = authorizePath({ scope: 'openid shop:prices.member', resource: SHOP_API });
  const { access_token } = await tokensFor(idp, path, 'ben');
  expect(decodeJwt(access_token)).toMatchObject({ scope: 'shop:prices.member', permissions: [] });
});
