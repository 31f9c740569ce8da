import { describe, expect, it } from 'vitest';
import { DAY } from '../foundation/index.ts';
import { createTestIssuer, forgeryRows, alteredTokenRows, type ForgeryRow } from '../testing/index.ts';
import { LOGOUT_EVENT, TOKEN_CLAIMS_CHANGE, verifySecurityEvent } from './index.ts';

const issuer = await createTestIssuer();
const now = issuer.clock();
const verify = (token: string) =>
  verifySecurityEvent(token, {
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    algorithms: ['ES256'],
    keys: issuer.keys.verificationKeys,
    clock: issuer.clock,
  });

/** An event has no `exp`, so the rows about one don't concern it. */
const commonRows = (await forgeryRows(issuer)).filter(([what]) => !what.startsWith('T-20 exp'));

const ada = { format: 'iss_sub', iss: issuer.issuer, sub: 'person-ada' };
const change = { claims: { permissions: [] }, event_timestamp: now };
const subject = (changed: object): ForgeryRow[1] => ({ claims: { sub_id: { ...ada, ...changed } } });
const event = (changed: object): ForgeryRow[1] => ({
  claims: { events: { [TOKEN_CLAIMS_CHANGE]: { ...change, ...changed } } },
});

const eventRows: readonly ForgeryRow[] = [
  ['typ JWT', { header: { typ: 'JWT' } }, 'token_type'],
  ['typ missing', { header: { typ: undefined } }, 'token_type'],
  ['typ at+jwt', { header: { typ: 'at+jwt' } }, 'token_type'],
  ['typ logout+jwt', { header: { typ: 'logout+jwt' } }, 'token_type'],
  ['aud of another client', { claims: { aud: 'other' } }, 'token_audience'],
  ['aud a list with another client', { claims: { aud: ['app', 'other'] } }, 'token_audience'],
  ['aud missing', { claims: { aud: undefined } }, 'token_audience'],
  ['aud an API', { claims: { aud: issuer.audience } }, 'token_audience'],
  ['exp present', { claims: { exp: now + 60 } }, 'security_event'],
  ['exp null', { claims: { exp: null } }, 'security_event'],
  ['sub present', { claims: { sub: 'person-ada' } }, 'security_event'],
  ['nonce present', { claims: { nonce: 'nonce-1' } }, 'security_event'],
  ['jti missing', { claims: { jti: undefined } }, 'token_claim'],
  ['jti a number', { claims: { jti: 1 } }, 'token_claim'],
  ['sub_id missing', { claims: { sub_id: undefined } }, 'security_event'],
  ['sub_id a text', { claims: { sub_id: 'person-ada' } }, 'security_event'],
  ['sub_id of another format', subject({ format: 'opaque' }), 'security_event'],
  ['sub_id of another issuer', subject({ iss: 'https://evil.example' }), 'security_event'],
  ['sub_id of an issuer a slash longer', subject({ iss: `${issuer.issuer}/` }), 'security_event'],
  ['sub_id without sub', subject({ sub: undefined }), 'token_claim'],
  ['sub_id with a list for sub', subject({ sub: ['person-ada'] }), 'token_claim'],
  ['events missing', { claims: { events: undefined } }, 'security_event'],
  ['events a list', { claims: { events: [TOKEN_CLAIMS_CHANGE] } }, 'security_event'],
  ['events empty', { claims: { events: {} } }, 'security_event'],
  ['events of another kind', { claims: { events: { [LOGOUT_EVENT]: {} } } }, 'security_event'],
  [
    'two events',
    { claims: { events: { [TOKEN_CLAIMS_CHANGE]: change, 'https://x.example/event': {} } } },
    'security_event',
  ],
  ['event not an object', { claims: { events: { [TOKEN_CLAIMS_CHANGE]: true } } }, 'security_event'],
  ['event without claims', event({ claims: undefined }), 'security_event'],
  ['event with a list of claims', event({ claims: ['permissions'] }), 'security_event'],
  ['event_timestamp missing', event({ event_timestamp: undefined }), 'token_claim'],
  ['event_timestamp a text', event({ event_timestamp: String(now) }), 'token_claim'],
  ['event_timestamp negative', event({ event_timestamp: -1 }), 'token_claim'],
  ['event_timestamp 31 s ahead', event({ event_timestamp: now + 31 }), 'token_not_yet_valid'],
  ['iat 31 s ahead', { claims: { iat: now + 31 } }, 'token_not_yet_valid'],
];

describe('a security event token is refused', () => {
  it.each([...commonRows, ...eventRows.map(([what, ...row]) => [`N-01 ${what}`, ...row] as const)])(
    '%s',
    async (_what, forgery, code) => {
      await expect(verify(await issuer.forge('event', forgery))).rejects.toMatchObject({ code });
    },
  );

  it.each(alteredTokenRows())('%s', async (_what, mangle, code) => {
    const token = mangle(await issuer.securityEvent(), await issuer.securityEvent());
    await expect(verify(token)).rejects.toMatchObject({ code });
  });

  it.each(['id', 'access', 'logout'] as const)('T-15 an %s token in its place', async (kind) => {
    const token = await issuer.forge(kind, { claims: { aud: 'app' } });
    await expect(verify(token)).rejects.toMatchObject({ code: 'token_type' });
  });
});

describe('a security event token is accepted', () => {
  it.each([
    ['as the provider sends it', {}],
    ['N-02 a month old: its age refuses nothing', { iat: now - 30 * DAY }],
    ['with aud as a list of one', { aud: ['app'] }],
    ['with iat in a fraction', { iat: now - 0.25 }],
    ['with members that nobody here knows', { txn: 'a', toe: now }],
  ])('%s', async (_what, claims) => {
    await expect(verify(await issuer.securityEvent(claims))).resolves.toMatchObject({
      aud: 'app',
      sub_id: ada,
      events: { [TOKEN_CLAIMS_CHANGE]: { event_timestamp: now } },
    });
  });
});
