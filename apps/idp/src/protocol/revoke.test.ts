import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authorizePath,
  errorOf,
  type TestProvider,
  openTestProvider,
  sessionIdOf,
  tokenRequest,
  type Tokens,
  tokensFor,
} from '../../test/test-provider.ts';
import { BLOG_API, ISSUER, SHOP_API } from '../../test/registrations.ts';
import { assertionForm } from '../../test/signer.ts';
import { nativeTokens } from '../../test/site-tokens.ts';
import { isActive, revocation, userinfo } from '../../test/token-requests.ts';

const exchangeForm = (subject_token: string) => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  resource: BLOG_API,
});

describe('revocation', () => {
  let idp: TestProvider;
  let tokens: Tokens;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  beforeEach(async () => {
    tokens = await tokensFor(idp);
    idp.events.length = 0;
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const refresh = (refresh_token: string) => idp.token({ grant_type: 'refresh_token', refresh_token });
  const grantId = () => String(decodeJwt(tokens.access_token).jti).split('.')[0];

  it('T-36 of an access token counts at userinfo, introspection and exchange at once', async () => {
    expect((await userinfo(idp, tokens.access_token)).status).toBe(200);
    const response = await revocation(idp, tokens.access_token);
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const refused = await userinfo(idp, tokens.access_token);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await isActive(idp, tokens.access_token)).toBe(false);
    expect(await errorOf(idp.token(exchangeForm(tokens.access_token)))).toBe('400 invalid_request');
    expect(idp.events).toContainEqual({
      type: 'token.revoked',
      kind: 'access',
      clientId: 'shop',
      grantId: grantId(),
    });
  });

  it('of an access token leaves its grant alone', async () => {
    await revocation(idp, tokens.access_token);
    const next: Tokens = await (await refresh(tokens.refresh_token)).json();
    expect((await userinfo(idp, next.access_token)).status).toBe(200);
  });

  it('T-36 of a refresh token ends its family and the access tokens of its grant', async () => {
    const traded: Tokens = await (
      await idp.token(
        exchangeForm((await tokensFor(idp, authorizePath({ resource: SHOP_API }))).access_token),
      )
    ).json();
    const next: Tokens = await (await refresh(tokens.refresh_token)).json();
    expect((await revocation(idp, next.refresh_token)).status).toBe(200);
    expect(await errorOf(refresh(next.refresh_token))).toBe('400 invalid_grant');
    for (const { access_token } of [tokens, next]) {
      expect((await userinfo(idp, access_token)).status).toBe(401);
      expect(await isActive(idp, access_token)).toBe(false);
    }
    expect(await isActive(idp, traded.access_token)).toBe(true);
    expect(idp.events).toContainEqual({
      type: 'token.revoked',
      kind: 'refresh',
      clientId: 'shop',
      grantId: grantId(),
    });
  });

  it('of a refresh token that was rotated away ends the family as well', async () => {
    const next: Tokens = await (await refresh(tokens.refresh_token)).json();
    expect((await revocation(idp, tokens.refresh_token)).status).toBe(200);
    expect(await errorOf(refresh(next.refresh_token))).toBe('400 invalid_grant');
  });

  it('does not sign anybody out', async () => {
    const sessionId = await sessionIdOf(idp, tokens.access_token);
    await revocation(idp, tokens.refresh_token);
    expect(await idp.provider.store.findSession(sessionId, 0)).toBeDefined();
  });

  it('of a token that a client got for itself counts at introspection', async () => {
    const form = { grant_type: 'client_credentials', resource: SHOP_API };
    const own: Tokens = await (await idp.token(form, 'robot')).json();
    await revocation(idp, own.access_token, 'robot');
    expect(await isActive(idp, own.access_token, 'robot')).toBe(false);
  });

  it.each<readonly [string, () => string]>([
    ['an unknown token', () => 'whatever'],
    ['a refresh token that nobody issued', () => `${'A'.repeat(22)}.${'A'.repeat(22)}`],
    ['a token with a broken signature', () => `${tokens.access_token.slice(0, -4)}AAAA`],
    ['T-15 an ID token', () => tokens.id_token],
    ['T-27 50 kB', () => 'x'.repeat(50_000)],
  ])('answers 200 to %s and changes nothing', async (_what, token) => {
    expect((await revocation(idp, token())).status).toBe(200);
    expect((await userinfo(idp, tokens.access_token)).status).toBe(200);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('answers 200 however often it is asked', async () => {
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      expect((await revocation(idp, token)).status).toBe(200);
      expect((await revocation(idp, token)).status).toBe(200);
    }
  });

  it.each(['access_token', 'refresh_token', 'made_up'])('works with the hint %s', async (token_type_hint) => {
    await revocation(idp, tokens.access_token, 'shop', { token_type_hint });
    expect((await userinfo(idp, tokens.access_token)).status).toBe(401);
    await revocation(idp, tokens.refresh_token, 'shop', { token_type_hint });
    expect(await errorOf(refresh(tokens.refresh_token))).toBe('400 invalid_grant');
  });

  it.each<readonly [string, () => string]>([
    ['access token', () => tokens.access_token],
    ['refresh token', () => tokens.refresh_token],
  ])('K-04 of another client’s %s is refused, and it lives on', async (_what, token) => {
    expect(await errorOf(revocation(idp, token(), 'blog'))).toBe('400 invalid_grant');
    expect((await userinfo(idp, tokens.access_token)).status).toBe(200);
    expect((await refresh(tokens.refresh_token)).status).toBe(200);
  });

  const post = (form: Record<string, string>) =>
    idp.fetch(new Request(`${ISSUER}/revoke`, { method: 'POST', body: new URLSearchParams(form) }));

  it('is open to a public client, for its own tokens', async () => {
    const own = await nativeTokens(idp);
    expect(await errorOf(post({ client_id: 'native', token: tokens.access_token }))).toBe(
      '400 invalid_grant',
    );
    expect((await userinfo(idp, own.access_token)).status).toBe(200);
    expect((await post({ client_id: 'native', token: own.access_token })).status).toBe(200);
    expect((await userinfo(idp, own.access_token)).status).toBe(401);
  });

  it('takes a client’s signature as proof', async () => {
    const form = await assertionForm(idp.provider.clock(), { aud: `${ISSUER}/revoke` });
    expect((await post({ ...form, token: 'x' })).status).toBe(200);
  });

  it.each<readonly [string, () => Promise<Response>, string]>([
    ['nobody', () => post({ token: tokens.access_token }), '401 invalid_client'],
    [
      'P-23 a client without its secret',
      () => post({ token: tokens.access_token, client_id: 'shop' }),
      '401 invalid_client',
    ],
    ['no token', () => idp.fetch(tokenRequest({}, 'shop', '/revoke')), '400 invalid_request'],
    [
      'two tokens',
      () => idp.fetch(tokenRequest(new URLSearchParams('token=a&token=b'), 'shop', '/revoke')),
      '400 invalid_request',
    ],
  ])('refuses %s', async (_what, ask, error) => {
    expect(await errorOf(ask())).toBe(error);
    expect((await userinfo(idp, tokens.access_token)).status).toBe(200);
  });
});
