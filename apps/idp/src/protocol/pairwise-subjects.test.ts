import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { BLOG_API, ISSUER, LONE_API, QUIET_API, SHOP_API } from '../../test/registrations.ts';
import {
  authorizePath,
  codeForm,
  openTestProvider,
  signIn,
  type TestProvider,
  type Tokens,
} from '../../test/test-provider.ts';
import { siteTokens } from '../../test/site-tokens.ts';
import { introspected, isActive, userinfo } from '../../test/token-requests.ts';
import { openSubjectIdentifiers } from '../clients/subject-identifiers.ts';

const subIn = (token: string) => decodeJwt(token).sub ?? '';

const callbackOf = (clientId: string) => `https://${clientId}.example/auth/callback`;

const silently = async (browser: Browser, change: Record<string, string>, clientId = 'quiet') => {
  const site = { client_id: clientId, redirect_uri: callbackOf(clientId), prompt: 'none' };
  const { searchParams } = locationOf(await browser.get(authorizePath({ ...site, ...change })));
  return searchParams.get('error') ?? 'code';
};
const claimed = (sub: string) => ({ claims: JSON.stringify({ id_token: { sub: { value: sub } } }) });

describe('a client with pairwise subjects (OIDC Core §8.1)', () => {
  let idp: TestProvider;
  let quiet: Tokens;
  beforeAll(async () => {
    idp = await openTestProvider();
    quiet = await siteTokens(idp, 'quiet');
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  async function exchanged(subject_token: string, resource: string, clientId: string): Promise<string> {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      resource,
    };
    return (await (await idp.token(form, clientId)).json()).access_token;
  }

  it('is announced', async () => {
    const response = await idp.fetch(new Request(`${ISSUER}/.well-known/openid-configuration`));
    expect((await response.json()).subject_types_supported).toEqual(['public', 'pairwise']);
  });

  it('U-15 knows a person by a name of its own, always the same', async () => {
    const [again, ben] = [await siteTokens(idp, 'quiet'), await siteTokens(idp, 'quiet', {}, 'ben')];
    const sub = subIn(quiet.id_token);
    expect(sub).toMatch(/^[\w-]{43}$/);
    expect(subIn(again.id_token)).toBe(sub);
    expect(subIn(ben.id_token)).not.toBe(sub);
  });

  it('U-15 shares that name with no other client, but with those of its sector', async () => {
    const subOf = async (clientId: string) => subIn((await siteTokens(idp, clientId)).id_token);
    expect(await subOf('sibling')).toBe(subIn(quiet.id_token));
    expect(await subOf('hidden')).not.toBe(subIn(quiet.id_token));
    expect(await subOf('shop')).toBe('sub-ada');
  });

  it('U-15 is told the name at another provider by none of them: each has a salt of its own', async () => {
    await using other = await openTestProvider();
    expect(subIn((await siteTokens(other, 'quiet')).id_token)).not.toBe(subIn(quiet.id_token));
  });

  it('has the same name in a refreshed ID token', async () => {
    const { refresh_token } = await siteTokens(idp, 'quiet');
    const refreshed: Tokens = await (
      await idp.token({ grant_type: 'refresh_token', refresh_token }, 'quiet')
    ).json();
    expect(subIn(refreshed.id_token)).toBe(subIn(quiet.id_token));
  });

  it('reads that name at userinfo and at introspection', async () => {
    const sub = subIn(quiet.id_token);
    expect(subIn(quiet.access_token)).toBe(sub);
    expect(await (await userinfo(idp, quiet.access_token)).json()).toMatchObject({ sub });
    for (const token of [quiet.access_token, quiet.refresh_token])
      expect(await introspected(idp, token, 'quiet')).toMatchObject({ active: true, sub });
  });

  it('stands for an API that knows a person by the same name, whoever calls it', async () => {
    const own = await siteTokens(idp, 'quiet', { resource: QUIET_API });
    const legacy = await siteTokens(idp, 'legacy', { resource: QUIET_API });
    expect(subIn(own.access_token)).toBe(subIn(quiet.id_token));
    expect(subIn(legacy.access_token)).toBe(subIn(quiet.id_token));
    expect(subIn(legacy.id_token)).toBe('sub-ada');
    expect(await introspected(idp, legacy.access_token, 'quiet')).toMatchObject({
      active: true,
      sub: subIn(quiet.id_token),
    });
  });

  it('calls another site’s API about the person by the name that this one knows', async () => {
    const own = await siteTokens(idp, 'quiet', { resource: QUIET_API });
    const atShop = await exchanged(own.access_token, SHOP_API, 'quiet');
    expect(subIn(atShop)).toBe('sub-ada');
    expect(await isActive(idp, atShop, 'shop')).toBe(true);
  });

  it('leaves the public name to an API that no client stands for', async () => {
    expect(subIn((await siteTokens(idp, 'legacy', { resource: LONE_API })).access_token)).toBe('sub-ada');
    expect(subIn((await siteTokens(idp, 'shop', { resource: BLOG_API })).access_token)).toBe('sub-ada');
  });

  const signedIn = async (username = 'ada') => {
    const browser = idp.browser();
    await signIn(browser, authorizePath(), username);
    return browser;
  };

  it('P-21 names the person by it in id_token_hint and in the claims parameter', async () => {
    const [ada, ben] = [await signedIn(), await signedIn('ben')];
    const hint = { id_token_hint: quiet.id_token };
    const claim = claimed(subIn(quiet.id_token));
    for (const change of [hint, claim]) {
      expect(await silently(ada, change)).toBe('code');
      expect(await silently(ben, change)).toBe('login_required');
    }
  });

  it.each<readonly [string, () => Promise<Record<string, string>> | Record<string, string>, string]>([
    ['the name that public clients know', () => claimed('sub-ada'), 'quiet'],
    ['the pairwise name, at a public client', () => claimed(subIn(quiet.id_token)), 'shop'],
    [
      'the name of another sector',
      async () => claimed(subIn((await siteTokens(idp, 'hidden')).id_token)),
      'quiet',
    ],
    ['an ID token of the same sector’s other client', () => ({ id_token_hint: quiet.id_token }), 'sibling'],
  ])('U-15 P-21 learns nothing by asking for %s', async (_what, change, clientId) => {
    expect(await silently(await signedIn(), await change(), clientId)).toBe('login_required');
  });

  it('signs the person out by its ID token as hint, without a question', async () => {
    const browser = idp.browser();
    const path = authorizePath({ client_id: 'quiet', redirect_uri: callbackOf('quiet') });
    const redirect_uri = callbackOf('quiet');
    const callback = await signIn(browser, path);
    const tokens: Tokens = await (await idp.token(codeForm(callback, { redirect_uri }), 'quiet')).json();
    const params = new URLSearchParams({ id_token_hint: tokens.id_token });
    const answer = locationOf(await browser.get(`/end-session?${params.toString()}`));
    expect(answer.href).toBe(`${ISSUER}/signed-out`);
    expect(await silently(browser, {})).toBe('login_required');
  });

  it('keeps the name over a restart: the salt is in the database', async () => {
    const { subjectFor, store } = idp.provider;
    const reopened = await openSubjectIdentifiers(store);
    const reader = { sector: 'quiet.example' };
    expect(reopened(reader, 'sub-ada')).toBe(subIn(quiet.id_token));
    expect(subjectFor(undefined, 'sub-ada')).toBe('sub-ada');
  });
});
