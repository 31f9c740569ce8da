import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  authorizePath,
  codeForm,
  errorOf,
  type TestProvider,
  openTestProvider,
  signIn,
  tokenRequest,
  type Tokens,
} from '../../../../test/test-provider.ts';
import { ISSUER, SHOP_API } from '../../../../test/registrations.ts';

const REFUSED = '400 invalid_grant';

type Change = Readonly<Record<string, string>>;

describe('an authorization code', () => {
  let idp: TestProvider;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  it.each<readonly [string, Change]>([
    ['P-06 with another redirect_uri', { redirect_uri: 'https://shop.example/auth/callback/' }],
    ['P-06 without redirect_uri', { redirect_uri: '' }],
    ['P-08 with a wrong verifier', { code_verifier: 'b'.repeat(43) }],
    ['P-08 without verifier', { code_verifier: '' }],
    ['P-08 with a short verifier', { code_verifier: 'short' }],
    ['P-08 with the challenge as verifier', { code_verifier: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' }],
    ['that nobody issued', { code: 'x'.repeat(43) }],
  ])('%s gives nothing', async (_what, change) => {
    expect(await errorOf(idp.token(codeForm(await signIn(idp.browser()), change)))).toBe(REFUSED);
  });

  it('that failed a check is spent', async () => {
    const callback = await signIn(idp.browser());
    expect(await errorOf(idp.token(codeForm(callback, { code_verifier: 'b'.repeat(43) })))).toBe(REFUSED);
    expect(await errorOf(idp.token(codeForm(callback)))).toBe(REFUSED);
  });

  it('P-06 of client A gives client B nothing and stays good for A', async () => {
    const callback = await signIn(idp.browser());
    expect(await errorOf(idp.token(codeForm(callback), 'blog'))).toBe(REFUSED);
    expect((await idp.token(codeForm(callback))).status).toBe(200);
  });

  it('P-09 issued without a challenge refuses a verifier', async () => {
    const redirect_uri = 'https://lax.example/auth/callback';
    const plain = {
      client_id: 'lax',
      redirect_uri,
      code_challenge: undefined,
      code_challenge_method: undefined,
    };
    const stripped = await signIn(idp.browser(), authorizePath(plain));
    expect(await errorOf(idp.token(codeForm(stripped, { redirect_uri }), 'lax'))).toBe(REFUSED);
    const honest = await signIn(idp.browser(), authorizePath(plain));
    expect((await idp.token(codeForm(honest, { redirect_uri, code_verifier: '' }), 'lax')).status).toBe(200);
  });

  it('is good for 60 seconds', async () => {
    const callback = await signIn(idp.browser());
    idp.advanceClock(60);
    expect(await errorOf(idp.token(codeForm(callback)))).toBe(REFUSED);
  });

  it.each([0, 1, 30])('P-05 that comes again after %i s ends what it gave', async (seconds) => {
    const callback = await signIn(idp.browser());
    const tokens: Tokens = await (await idp.token(codeForm(callback))).json();
    idp.advanceClock(seconds);
    expect(await errorOf(idp.token(codeForm(callback)))).toBe(REFUSED);
    expect(
      await errorOf(idp.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token })),
    ).toBe(REFUSED);
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    expect((await idp.fetch(new Request(`${ISSUER}/userinfo`, { headers }))).status).toBe(401);
  });

  it('P-05 of 10 parallel redemptions at most one succeeds', async () => {
    const form = codeForm(await signIn(idp.browser()));
    const answers = await Promise.all(Array.from({ length: 10 }, () => idp.token(form)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  });

  it('gives nothing once its session has ended', async () => {
    const browser = idp.browser();
    const callback = await signIn(browser);
    await browser.post('/sign-out', {});
    expect(await errorOf(idp.token(codeForm(callback)))).toBe(REFUSED);
  });

  it('gives no refresh token to a client without that grant, and RS256 where nothing else was registered', async () => {
    const redirect_uri = 'https://bare.example/auth/callback';
    const callback = await signIn(idp.browser(), authorizePath({ client_id: 'bare', redirect_uri }));
    const tokens: Tokens = await (await idp.token(codeForm(callback, { redirect_uri }), 'bare')).json();
    expect(tokens.refresh_token).toBeUndefined();
    expect(
      JSON.parse(Buffer.from(tokens.id_token.split('.')[0] ?? '', 'base64url').toString()),
    ).toMatchObject({ alg: 'RS256' });
  });

  it('asks for one of several resources', async () => {
    const path = `${authorizePath({ resource: SHOP_API })}&resource=${encodeURIComponent('https://blog.example/api')}`;
    const first = await idp.token(codeForm(await signIn(idp.browser(), path)));
    expect(await first.json()).toMatchObject({ error: 'invalid_target' });
    const second = await idp.token(codeForm(await signIn(idp.browser(), path), { resource: SHOP_API }));
    expect(second.status).toBe(200);
  });

  it.each<readonly [string, BodyInit, string | undefined]>([
    ['JSON', JSON.stringify({ grant_type: 'authorization_code' }), 'application/json'],
    ['multipart', new FormData(), undefined],
    ['plain text', 'grant_type=authorization_code', 'text/plain'],
  ])('P-25 sent as %s is refused', async (_what, body, type) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const response = await idp.fetch(new Request(`${ISSUER}/token`, { method: 'POST', body, headers }));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('P-25 sent by GET is refused', async () => {
    const response = await idp.fetch(new Request(`${ISSUER}/token?grant_type=authorization_code&code=x`));
    expect(response.status).toBe(405);
  });

  it('X-12 in a body of 5 MB is refused', async () => {
    const response = await idp.fetch(tokenRequest({ grant_type: 'x'.repeat(5_000_000) }));
    expect(response.status).toBe(413);
  });
});
