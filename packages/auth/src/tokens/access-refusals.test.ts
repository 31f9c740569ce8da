import { describe, expect, it } from 'vitest';
import { createTestIssuer, forgeryRows, alteredTokenRows, type ForgeryRow } from '../testing/index.ts';
import { verifyAccessToken } from './index.ts';

const issuer = await createTestIssuer();
const commonRows = await forgeryRows(issuer);
const verify = (token: string) =>
  verifyAccessToken(token, {
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: ['ES256'],
    keys: issuer.keys.verificationKeys,
    clock: issuer.clock,
  });

const accessRows: readonly ForgeryRow[] = [
  ['T-13 typ of an ID token', { header: { typ: 'JWT' } }, 'token_type'],
  ['T-13 no typ', { header: { typ: undefined } }, 'token_type'],
  ['T-13 typ as an array', { header: { typ: ['at+jwt'] } }, 'token_type'],
  ['T-15 typ of a logout token', { header: { typ: 'logout+jwt' } }, 'token_type'],
  ['T-16 aud of another API', { claims: { aud: 'https://other.example' } }, 'token_audience'],
  ['T-16 aud missing', { claims: { aud: undefined } }, 'token_audience'],
  [
    'T-16 aud a list with a stranger',
    { claims: { aud: [issuer.audience, 'https://other.example'] } },
    'token_audience',
  ],
  ['T-16 aud an empty list', { claims: { aud: [] } }, 'token_audience'],
  ['T-16 aud a list in a list', { claims: { aud: [[issuer.audience]] } }, 'token_audience'],
  ['T-17 aud is the client', { claims: { aud: issuer.clientId } }, 'token_audience'],
  ['T-17 aud is the issuer', { claims: { aud: issuer.issuer } }, 'token_audience'],
  ['T-22 sub missing', { claims: { sub: undefined } }, 'token_claim'],
  ['T-22 sub empty', { claims: { sub: '' } }, 'token_claim'],
  ['T-22 sub of 256 characters', { claims: { sub: 's'.repeat(256) } }, 'token_claim'],
  ['T-22 sub a number', { claims: { sub: 7 } }, 'token_claim'],
  ['jti missing', { claims: { jti: undefined } }, 'token_claim'],
  ['client_id missing', { claims: { client_id: undefined } }, 'token_claim'],
  ['client_id a list', { claims: { client_id: ['app'] } }, 'token_claim'],
  ['scope a list', { claims: { scope: ['openid'] } }, 'token_claim'],
  ['sid an object', { claims: { sid: {} } }, 'token_claim'],
  ['auth_time a text', { claims: { auth_time: 'today' } }, 'token_claim'],
];

describe('an access token is refused', () => {
  it.each([...commonRows, ...accessRows])('%s', async (_what, forgery, code) => {
    await expect(verify(await issuer.forge('access', forgery))).rejects.toMatchObject({ code });
  });

  it.each(alteredTokenRows())('%s', async (_what, mangle, code) => {
    const token = mangle(await issuer.accessToken(), await issuer.accessToken());
    await expect(verify(token)).rejects.toMatchObject({ code });
  });

  it.each(['id', 'logout'] as const)('T-13 T-15 an %s token in its place', async (kind) => {
    const token = await issuer.forge(kind, { claims: { aud: issuer.audience } });
    await expect(verify(token)).rejects.toMatchObject({ code: 'token_type' });
  });

  it('T-27 by its length before anything else: 5 MB of parts are not even split', async () => {
    const tooLong = verify('A.'.repeat(2_500_000));
    await expect(tooLong).rejects.toMatchObject({ code: 'token_malformed' });
    await expect(tooLong).rejects.toThrow('longer than 7168 characters');
    await expect(verify('A.'.repeat(3500))).rejects.toThrow('three parts');
  });

  it('with a message that names the mistake, and never holds what the sender wrote as it was', async () => {
    const token = await issuer.forge('access', { header: { kid: 'x\n"2030" admin signed in' } });
    await expect(verify(token)).rejects.toThrow('kid "x??2030? admin signed in"');
    await expect(verify(await issuer.accessToken({ aud: 'https://shop.example' }))).rejects.toThrow(
      'the token is for "https://shop.example", this API is "https://api.example": exchange it with resource=https://api.example (RFC 8693) (token_audience)',
    );
  });
});

describe('an access token is accepted', () => {
  const now = issuer.clock();
  it.each([
    ['as issued', {}],
    ['T-16 with aud a list of one', { aud: [issuer.audience] }],
    ['T-20 29 s past its end', { exp: now - 29 }],
    ['T-20 29.5 s past its end, in fractions', { exp: now - 29.5, iat: now - 300.25, nbf: now - 0.5 }],
    ['T-21 8 s before it begins', { nbf: now + 8, iat: now + 8 }],
    ['with permissions of any shape, which its API judges', { permissions: [{ name: 'things.read' }] }],
    ['with claims nobody asked for', { 'https://example.com/tier': { level: 3 } }],
    ['of 255 characters of sub', { sub: 's'.repeat(255) }],
  ])('%s', async (_what, claims) => {
    const verified = await verify(await issuer.accessToken(claims));
    expect(verified).toMatchObject({ ...claims, aud: issuer.audience, client_id: 'app' });
  });

  it.each(['application/at+jwt', 'AT+JWT'])('T-12 with typ %s, which is the same media type', async (typ) => {
    await expect(verify(await issuer.forge('access', { header: { typ } }))).resolves.toHaveProperty('sub');
  });

  it('T-07 without kid, when only one key fits', async () => {
    await expect(
      verify(await issuer.forge('access', { header: { kid: undefined } })),
    ).resolves.toHaveProperty('sub');
  });
});
