import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, ask, STRANGER } from '../../../../test/consent-form.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  type TestProvider,
  openTestProvider,
  signIn,
  type Tokens,
  tokensFor,
} from '../../../../test/test-provider.ts';
import { BLOG_API, SHOP_API } from '../../../../test/registrations.ts';

describe('a refresh with the scope of the login again', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const refresh = ({ refresh_token }: Tokens, scope: string, clientId = 'shop') =>
    idp.token({ grant_type: 'refresh_token', refresh_token, scope }, clientId);

  /** Signs in to a site of strangers, and ticks these boxes. */
  async function allowing(ticked: readonly string[], change: Record<string, string>): Promise<Tokens> {
    await idp.provider.store.revokeConsent('sub-ada', 'stranger', 1);
    const browser = idp.browser();
    await signIn(browser);
    const callback = await answer(browser, ask(change), ticked);
    const form = codeForm(callback, { redirect_uri: STRANGER.redirect_uri });
    const tokens: Tokens = await (await idp.token(form, 'stranger')).json();
    return tokens;
  }

  it.each<readonly [what: string, asked: string, granted: string, change: Record<string, string>]>([
    ['a scope that nobody knows', 'openid email calendar.read', 'openid email', {}],
    ['offline_access without prompt=consent', 'openid offline_access', 'openid', {}],
    [
      'a permission that the client is not registered for',
      'openid blog:posts.read blog:drafts.read',
      'openid blog:posts.read',
      { resource: BLOG_API },
    ],
    [
      'the only permission named, which nobody granted, as the login did',
      'openid blog:drafts.read',
      'openid blog:posts.read',
      { resource: BLOG_API },
    ],
  ])('is answered without %s, and says what was granted', async (_what, asked, granted, change) => {
    const tokens = await tokensFor(idp, authorizePath({ scope: asked, ...change }));
    expect(tokens.scope).toBe(granted);
    const refreshed = await refresh(tokens, asked);
    expect(refreshed.status).toBe(200);
    const next: Tokens = await refreshed.json();
    expect(next.scope).toBe(granted);
    expect(await scopeOf(await refresh(next, asked))).toBe(granted);
  });

  it('is answered without the box that the person unticked', async () => {
    const scope = 'openid profile email';
    const tokens = await allowing(['profile'], { scope });
    expect(await scopeOf(await refresh(tokens, scope, 'stranger'))).toBe('openid profile');
  });

  it('is answered without an unticked permission that the resource implied', async () => {
    const tokens = await allowing(['shop:products.read'], { scope: 'openid', resource: SHOP_API });
    const scope = 'openid shop:products.read shop:prices.member';
    expect(await scopeOf(await refresh(tokens, scope, 'stranger'))).toBe('openid shop:products.read');
  });

  it('K-05 with a scope that was never asked for is refused', async () => {
    const tokens = await tokensFor(idp, authorizePath({ scope: 'openid calendar.read' }));
    expect(await errorOf(refresh(tokens, 'openid calendar.read email'))).toBe('400 invalid_scope');
    expect(await errorOf(refresh(tokens, 'openid calendar.write'))).toBe('400 invalid_scope');
  });

  it('K-05 with refused scopes alone is refused, and never widened to all of an API', async () => {
    const tokens = await allowing(['shop:products.read'], { scope: 'openid', resource: SHOP_API });
    for (const scope of ['shop:prices.member', 'openid shop:prices.member'])
      expect(await errorOf(refresh(tokens, scope, 'stranger'))).toBe('400 invalid_scope');
  });

  it('remembers fifty refused names at most, none of them long', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `made.up.${index}`);
    const asked = ['openid', 'x'.repeat(5000), ...names].join(' ');
    const tokens = await tokensFor(idp, authorizePath({ scope: asked }));
    expect(await errorOf(refresh(tokens, asked))).toBe('400 invalid_scope');
    expect(await errorOf(refresh(tokens, `openid ${names[50]}`))).toBe('400 invalid_scope');
    expect(await scopeOf(await refresh(tokens, `openid ${names[0]} ${names[49]}`))).toBe('openid');
  });
});

async function scopeOf(response: Response): Promise<string> {
  const { scope }: Tokens = await response.json();
  return scope;
}
