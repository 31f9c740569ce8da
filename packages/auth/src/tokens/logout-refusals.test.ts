import { describe, expect, it } from 'vitest';
import { createTestIssuer, forgeryRows, alteredTokenRows, type ForgeryRow } from '../testing/index.ts';
import { LOGOUT_EVENT, verifyLogoutToken } from './index.ts';

const issuer = await createTestIssuer();
const commonRows = await forgeryRows(issuer);
const verify = (token: string) =>
  verifyLogoutToken(token, {
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    algorithms: ['ES256'],
    keys: issuer.keys.verificationKeys,
    clock: issuer.clock,
  });

const logoutRows: readonly ForgeryRow[] = [
  ['B-01 typ at+jwt', { header: { typ: 'at+jwt' } }, 'token_type'],
  ['B-01 aud of another client', { claims: { aud: 'other' } }, 'token_audience'],
  ['B-02 aud a list with another client', { claims: { aud: ['app', 'other'] } }, 'token_audience'],
  ['B-01 events missing', { claims: { events: undefined } }, 'logout_token'],
  ['B-01 events of another kind', { claims: { events: { 'https://x.example/event': {} } } }, 'logout_token'],
  ['B-01 events a list', { claims: { events: [LOGOUT_EVENT] } }, 'logout_token'],
  ['B-01 events a text', { claims: { events: LOGOUT_EVENT } }, 'logout_token'],
  ['B-01 event not an object', { claims: { events: { [LOGOUT_EVENT]: true } } }, 'logout_token'],
  ['B-01 nonce present', { claims: { nonce: 'nonce-1' } }, 'logout_token'],
  ['B-01 nonce null', { claims: { nonce: null } }, 'logout_token'],
  ['B-01 neither sid nor sub', { claims: { sid: undefined } }, 'logout_token'],
  ['B-01 sid empty', { claims: { sid: '' } }, 'token_claim'],
  ['B-01 sub a list', { claims: { sub: ['ada'] } }, 'token_claim'],
  ['B-01 jti missing', { claims: { jti: undefined } }, 'token_claim'],
];

describe('a logout token is refused', () => {
  it.each([...commonRows, ...logoutRows])('%s', async (_what, forgery, code) => {
    await expect(verify(await issuer.forge('logout', forgery))).rejects.toMatchObject({ code });
  });

  it.each(alteredTokenRows())('%s', async (_what, mangle, code) => {
    const token = mangle(await issuer.logoutToken(), await issuer.logoutToken());
    await expect(verify(token)).rejects.toMatchObject({ code });
  });

  it.each([
    ['id', 'logout_token'],
    ['access', 'token_type'],
  ] as const)('T-15 an %s token in its place', async (kind, code) => {
    const token = await issuer.forge(kind, { claims: { aud: 'app' } });
    await expect(verify(token)).rejects.toMatchObject({ code });
  });
});

describe('a logout token is accepted', () => {
  it.each([
    ['B-03 by sid', { sub: undefined }],
    ['B-03 by sub', { sid: undefined, sub: 'person-ada' }],
    ['by both', { sub: 'person-ada' }],
    ['T-20 with times in fractions', { exp: issuer.clock() + 60.5, iat: issuer.clock() - 0.25 }],
  ])('%s', async (_what, claims) => {
    await expect(verify(await issuer.logoutToken(claims))).resolves.toMatchObject({ aud: 'app' });
  });

  it.each(['JWT', undefined])('with typ %s, as older providers send it', async (typ) => {
    await expect(verify(await issuer.forge('logout', { header: { typ } }))).resolves.toHaveProperty('jti');
  });
});
