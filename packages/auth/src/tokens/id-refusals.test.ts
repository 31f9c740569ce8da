import { describe, expect, it } from 'vitest';
import { createTestIssuer, forgeryRows, alteredTokenRows, type ForgeryRow } from '../testing/index.ts';
import { leftHalfHash, LOGOUT_EVENT, verifyIdToken, type VerifyIdTokenOptions } from './index.ts';

const issuer = await createTestIssuer();
const commonRows = await forgeryRows(issuer);
const now = issuer.clock();
const atHash = await leftHalfHash('the-access-token', 'ES256');
const verify = (token: string, options: Partial<VerifyIdTokenOptions> = {}) =>
  verifyIdToken(token, {
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    algorithms: ['ES256'],
    keys: issuer.keys.verificationKeys,
    clock: issuer.clock,
    nonce: 'nonce-1',
    accessToken: 'the-access-token',
    ...options,
  });

const idRows: readonly ForgeryRow[] = [
  ['T-12 typ of an access token', { header: { typ: 'at+jwt' } }, 'token_type'],
  ['T-12 typ of an access token, long form', { header: { typ: 'application/at+jwt' } }, 'token_type'],
  ['T-12 typ of a logout token', { header: { typ: 'logout+jwt' } }, 'token_type'],
  ['T-12 typ empty', { header: { typ: '' } }, 'token_type'],
  ['T-16 aud of another client', { claims: { aud: 'other' } }, 'token_audience'],
  ['T-16 aud missing', { claims: { aud: undefined } }, 'token_audience'],
  ['T-16 aud a list with a stranger', { claims: { aud: ['app', 'other'] } }, 'token_audience'],
  [
    'T-16 aud a list with a stranger, azp ours',
    { claims: { aud: ['app', 'other'], azp: 'app' } },
    'token_audience',
  ],
  ['T-16 aud in another case', { claims: { aud: 'APP' } }, 'token_audience'],
  ['T-19 azp of another client', { claims: { azp: 'other' } }, 'token_audience'],
  ['T-19 azp a list', { claims: { azp: ['app'] } }, 'token_audience'],
  ['T-22 sub missing', { claims: { sub: undefined } }, 'token_claim'],
  ['T-22 sub empty', { claims: { sub: '' } }, 'token_claim'],
  ['T-22 sub of 256 characters', { claims: { sub: 's'.repeat(256) } }, 'token_claim'],
  ['T-22 sub an object', { claims: { sub: { id: 1 } } }, 'token_claim'],
  ['T-23 nonce wrong', { claims: { nonce: 'nonce-2' } }, 'nonce_mismatch'],
  ['T-23 nonce missing', { claims: { nonce: undefined } }, 'nonce_mismatch'],
  ['T-23 nonce empty', { claims: { nonce: '' } }, 'nonce_mismatch'],
  ['T-23 nonce a list', { claims: { nonce: ['nonce-1'] } }, 'nonce_mismatch'],
  ['T-24 at_hash wrong', { claims: { at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' } }, 'token_claim'],
  ['T-24 at_hash empty', { claims: { at_hash: '' } }, 'token_claim'],
  ['T-24 at_hash of the whole digest', { claims: { at_hash: 'A'.repeat(43) } }, 'token_claim'],
  ['sid a number', { claims: { sid: 5 } }, 'token_claim'],
  ['acr a list', { claims: { acr: ['1'] } }, 'token_claim'],
  ['amr a text', { claims: { amr: 'pwd' } }, 'token_claim'],
  ['auth_time negative', { claims: { auth_time: -0.5 } }, 'token_claim'],
  ['T-25 auth_time 31 s ahead', { claims: { auth_time: now + 31 } }, 'token_not_yet_valid'],
  ['T-15 the event of a logout token', { claims: { events: { [LOGOUT_EVENT]: {} } } }, 'token_type'],
];

describe('an ID token is refused', () => {
  it.each([...commonRows, ...idRows])('%s', async (_what, forgery, code) => {
    await expect(verify(await issuer.forge('id', forgery))).rejects.toMatchObject({ code });
  });

  it.each(alteredTokenRows().filter(([what]) => !what.startsWith('T-27 8 kB')))(
    '%s',
    async (_what, mangle, code) => {
      const token = mangle(await issuer.idToken(), await issuer.idToken({ sub: 'person-bob' }));
      await expect(verify(token)).rejects.toMatchObject({ code });
    },
  );

  it.each(['access', 'logout'] as const)('T-14 T-15 an %s token in its place', async (kind) => {
    const token = await issuer.forge(kind, { claims: { aud: 'app', nonce: 'nonce-1' } });
    await expect(verify(token)).rejects.toMatchObject({ code: 'token_type' });
  });

  it('T-15 a logout token with typ JWT, where a refresh expects no nonce', async () => {
    const token = await issuer.forge('logout', { header: { typ: 'JWT' }, claims: { sub: 'person-ada' } });
    await expect(verify(token, { nonce: undefined })).rejects.toMatchObject({ code: 'token_type' });
  });

  it.each([
    ['T-25 auth_time ahead of every clock', { auth_time: now + 3600 }, 'token_not_yet_valid'],
    ['T-25 auth_time older than max_age', { auth_time: now - 91 }, 'login_too_old'],
    ['T-25 auth_time missing where max_age was asked', { auth_time: undefined }, 'token_claim'],
    ['T-25 auth_time a text', { auth_time: String(now) }, 'token_claim'],
  ])('%s', async (_what, claims, code) => {
    await expect(verify(await issuer.idToken(claims), { maxAgeSeconds: 60 })).rejects.toMatchObject({ code });
  });

  it.each([
    ['T-02 an HMAC algorithm', ['HS256']],
    ['T-01 none', ['none']],
    ['no algorithm at all', []],
  ])('and so is a configuration that allows %s', async (_what, algorithms) => {
    const options = { algorithms: JSON.parse(JSON.stringify(algorithms)) };
    await expect(verify(await issuer.idToken(), options)).rejects.toMatchObject({ code: 'config_invalid' });
  });
});

describe('an ID token is accepted', () => {
  it.each([
    ['as issued', {}],
    ['T-16 with aud a list of one', { aud: ['app'] }],
    ['T-19 with azp ours', { azp: 'app' }],
    ['T-20 29 s past its end', { exp: now - 29 }],
    [
      'T-20 29.5 s past its end, in fractions',
      { exp: now - 29.5, iat: now - 300.25, auth_time: now - 300.5 },
    ],
    ['T-24 with a right at_hash', { at_hash: atHash }],
    ['T-25 with auth_time 29 s ahead', { auth_time: now + 29 }],
    ['with an event of another kind', { events: { 'https://x.example/event': {} } }],
  ])('%s', async (_what, claims) => {
    await expect(verify(await issuer.idToken(claims))).resolves.toMatchObject({
      ...claims,
      sub: 'person-ada',
    });
  });

  it('from a refresh, without the nonce of the login', async () => {
    const token = await issuer.idToken({ nonce: undefined });
    await expect(verify(token, { nonce: undefined })).resolves.toHaveProperty('sub');
  });

  it('T-25 when the person signed in within max_age and the tolerance', async () => {
    const token = await issuer.idToken({ auth_time: now - 89 });
    await expect(verify(token, { maxAgeSeconds: 60 })).resolves.toHaveProperty('auth_time', now - 89);
  });

  it('without typ, as older providers issue it', async () => {
    await expect(verify(await issuer.forge('id', { header: { typ: undefined } }))).resolves.toHaveProperty(
      'sub',
    );
  });
});

describe('an ID token for further audiences that the site trusts', () => {
  const trustedAudiences = ['project-1', 'project-2'];

  it.each([
    ['with azp ours', { aud: ['app', 'project-1'], azp: 'app' }],
    ['in any order, all of them', { aud: ['project-2', 'project-1', 'app'], azp: 'app' }],
    ['or for us alone, without azp', { aud: 'app' }],
  ])('is accepted %s', async (_what, claims) => {
    await expect(verify(await issuer.idToken(claims), { trustedAudiences })).resolves.toMatchObject(claims);
  });

  it.each([
    ['T-16 for a stranger as well', { aud: ['app', 'project-1', 'other'], azp: 'app' }],
    ['T-16 not for us', { aud: ['project-1'], azp: 'app' }],
    ['T-16 for a trusted one alone, as a text', { aud: 'project-1', azp: 'app' }],
    ['T-16 with a list in the list', { aud: ['app', ['project-1']], azp: 'app' }],
    ['T-19 with azp of another', { aud: ['app', 'project-1'], azp: 'project-1' }],
    ['T-19 without azp', { aud: ['app', 'project-1'] }],
    ['T-19 with azp a list', { aud: ['app', 'project-1'], azp: ['app'] }],
    ['T-19 for us alone, with azp of a trusted one', { aud: 'app', azp: 'project-1' }],
  ])('is refused %s', async (_what, claims) => {
    await expect(verify(await issuer.idToken(claims), { trustedAudiences })).rejects.toMatchObject({
      code: 'token_audience',
    });
  });
});
