import { forge, alteredTokenRows } from '@sso/auth/testing';
import { type AccessTokenClaims, signAccessToken, signIdToken, signLogoutToken } from '@sso/auth/tokens';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type TestProvider, openTestProvider, tokensFor } from '../../test/test-provider.ts';
import { BLOG_API, ISSUER, SHOP_API } from '../../test/registrations.ts';
import { isActive, userinfo } from '../../test/token-requests.ts';

/** Signed by the provider's own key: only what the token says can give it away. */
type Make = (right: AccessTokenClaims) => Promise<string>;

describe('a token of the provider’s own key that is not what it should be', () => {
  let idp: TestProvider;
  let right: AccessTokenClaims;
  beforeAll(async () => {
    idp = await openTestProvider();
    right = decodeJwt<AccessTokenClaims>((await tokensFor(idp)).access_token);
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const key = (alg: 'ES256' | 'RS256' | 'EdDSA' = 'ES256') => idp.provider.keys.signingKey(alg);
  const altered = (claims: Record<string, unknown>, header: Record<string, unknown> = {}): Make => {
    return (one) =>
      forge(
        { header: { alg: 'ES256', typ: 'at+jwt', kid: key().kid }, claims: { ...one }, signer: key() },
        { claims, header },
      );
  };
  const now = () => idp.provider.clock();

  it('starts from one that is right', async () => {
    const token = await altered({})(right);
    expect((await userinfo(idp, token)).status).toBe(200);
    expect(await isActive(idp, token)).toBe(true);
  });

  const rows: readonly (readonly [string, Make])[] = [
    ['T-13 an ID token', (one) => signIdToken({ ...one, aud: ISSUER }, key())],
    ['T-15 a logout token', (one) => signLogoutToken(logoutClaims(one), key())],
    ['T-12 typ JWT', altered({}, { typ: 'JWT' })],
    ['T-12 no typ', altered({}, { typ: undefined })],
    ['T-04 another algorithm of the ring', (one) => signAccessToken(one, key('RS256'))],
    ['T-04 a third one', (one) => signAccessToken(one, key('EdDSA'))],
    ['T-05 an empty kid', altered({}, { kid: '' })],
    ['T-06 an unknown kid', altered({}, { kid: 'unknown' })],
    ['T-10 crit', altered({}, { crit: ['exp'] })],
    ['T-16 no aud', altered({ aud: undefined })],
    ['T-16 aud with a stranger', altered({ aud: [ISSUER, 'https://evil.example'] })],
    ['T-16 aud a number', altered({ aud: 7 })],
    ['T-18 iss with a slash', altered({ iss: `${ISSUER}/` })],
    ['T-18 iss in capitals', altered({ iss: ISSUER.toUpperCase() })],
    ['T-18 no iss', altered({ iss: undefined })],
    ['T-20 no exp', altered({ exp: undefined })],
    ['T-20 exp a string', (one) => altered({ exp: String(one.exp) })(one)],
    ['T-20 exp a fraction in the past', () => altered({ exp: now() - 30.5 })(right)],
    ['T-20 exp negative', altered({ exp: -1 })],
    ['T-20 exp past by 31 s', () => altered({ exp: now() - 31 })(right)],
    ['T-21 iat ahead by 61 s', () => altered({ iat: now() + 61 })(right)],
    ['T-21 nbf ahead by 61 s', () => altered({ nbf: now() + 61 })(right)],
    ['T-22 no iat', altered({ iat: undefined })],
    ['T-22 no sub', altered({ sub: undefined })],
    ['T-22 sub of 256 characters', altered({ sub: 's'.repeat(256) })],
    ['T-22 sub a list', altered({ sub: ['sub-ada'] })],
    ['T-35 another person', altered({ sub: 'sub-ben' })],
    ['T-36 a grant that never was', altered({ jti: `${'A'.repeat(22)}.AAAAAAAAAAA` })],
    ['T-36 a jti without grant', altered({ jti: 'x' })],
    ['T-36 the jti of a client’s own token', altered({ jti: 'client.AAAAAAAAAAA' })],
    ['no jti', altered({ jti: undefined })],
  ];

  it.each(rows)('G5 %s opens no userinfo', async (_what, make) => {
    const response = await userinfo(idp, await make(right));
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it.each(rows.filter(([what]) => !what.includes('client’s own')))(
    '%s is not active',
    async (_what, make) => {
      expect(await isActive(idp, await make(right))).toBe(false);
    },
  );

  it.each(rows)('%s is not traded', async (_what, make) => {
    const form = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: await make(right),
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      resource: BLOG_API,
    };
    expect(await errorOf(idp.token(form))).toBe('400 invalid_request');
  });

  it.each(alteredTokenRows())('G5 %s is not active', async (_what, mangle) => {
    const token = mangle(await altered({})(right), await altered({ jti: 'x' })(right));
    expect(await isActive(idp, token)).toBe(false);
  });

  it.each([SHOP_API, BLOG_API])('T-17 for %s opens no userinfo', async (aud) => {
    expect((await userinfo(idp, await altered({ aud })(right))).status).toBe(401);
  });

  it('T-20 with times of a fraction is accepted (RFC 7519 §2)', async () => {
    const make = altered({ exp: right.exp + 0.5, iat: right.iat - 0.25 });
    expect((await userinfo(idp, await make(right))).status).toBe(200);
    expect(await isActive(idp, await make(right))).toBe(true);
  });

  it('T-16 with an audience list of one is accepted', async () => {
    expect((await userinfo(idp, await altered({ aud: [ISSUER] })(right))).status).toBe(200);
  });
});

function logoutClaims({ iss, sub, iat, exp, jti }: AccessTokenClaims) {
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  return { iss, sub, iat, exp, jti, aud: ISSUER, events } as const;
}
