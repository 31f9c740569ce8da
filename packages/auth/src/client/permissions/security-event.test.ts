import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryRevocations, type RevocationStore } from '../../session/index.ts';
import { TOKEN_CLAIMS_CHANGE } from '../../tokens/index.ts';
import { createTestClock, createTestKey, openTestSite, type TestSite } from '../../testing/index.ts';

const clock = createTestClock();
let test: TestSite;
let revocations: RevocationStore;
beforeEach(async () => {
  revocations = createMemoryRevocations(clock);
  test = await openTestSite({ revocations, clock }, { clock });
});

const SECEVENT = { 'content-type': 'application/secevent+jwt' };

async function post(body: BodyInit, headers: Record<string, string> = SECEVENT): Promise<Response> {
  const init = { method: 'POST', headers, body };
  const response = await test.site.handler(new Request('https://app.example/auth/security-events', init));
  if (!response) throw new Error('not answered');
  return response;
}

const eventAt = (event_timestamp: number) => ({
  events: { [TOKEN_CLAIMS_CHANGE]: { claims: { permissions: [] }, event_timestamp } },
});

const knownChange = async (sub = 'person-ada') =>
  (await revocations.findState?.({ issuer: test.issuer.issuer, sid: 's', sub, issuedAt: clock() }))
    ?.permissionsChangedAt;

describe('a security event', () => {
  it('is answered 202 without a body, and kept (RFC 8935 §2.2)', async () => {
    const response = await post(await test.issuer.securityEvent());
    expect([response.status, await response.text()]).toEqual([202, '']);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await knownChange()).toBe(clock());
    expect(test.events.at(-1)).toMatchObject({
      type: 'permissions.changed',
      sub: 'person-ada',
      isNews: true,
    });
  });

  it('N-02 whose jti was seen before changes nothing, and is answered 202 again', async () => {
    const token = await test.issuer.securityEvent({ jti: 'one' });
    await post(token);
    const [before, at] = [clock(), await knownChange()];
    clock.advance(60);
    const again = await post(token);
    expect([again.status, await again.text(), await knownChange()]).toEqual([202, '', at]);
    expect(await revocations.findSince?.(before + 1)).toEqual([]);
    expect(test.events.filter(({ type }) => type === 'permissions.changed')).toMatchObject([
      { isNews: true },
      { isNews: false },
    ]);
  });

  it('N-02 that is older than what is known changes nothing, and is answered 202', async () => {
    await post(await test.issuer.securityEvent());
    const older = await test.issuer.securityEvent(eventAt(clock() - 5));
    expect([(await post(older)).status, await knownChange()]).toEqual([202, clock()]);
  });

  it('N-02 that comes hours later counts as of its own second', async () => {
    const at = clock();
    const token = await test.issuer.securityEvent();
    clock.advance(7200);
    expect([(await post(token)).status, await knownChange()]).toEqual([202, at]);
  });

  it('of a fraction of a second counts for all of that second', async () => {
    await post(await test.issuer.securityEvent(eventAt(clock() - 0.5)));
    expect(await knownChange()).toBe(clock() - 1);
  });

  it('says nothing of others', async () => {
    await post(await test.issuer.securityEvent());
    expect(await knownChange('person-ben')).toBeUndefined();
  });
});

const foreignKey = await createTestKey();

describe('N-01 a refusal is 400 with err and description (RFC 8935 §2.3)', () => {
  it.each([
    ['of another issuer', { claims: { iss: 'https://evil.example' } }, 'invalid_issuer'],
    ['for another client', { claims: { aud: 'other' } }, 'invalid_audience'],
    ['by an unknown key', { signer: foreignKey, header: { kid: 'nobody-knows' } }, 'invalid_key'],
    ['by another algorithm', { header: { alg: 'none' }, signer: 'nobody' }, 'invalid_key'],
    ['without a signature', { signer: 'nobody' }, 'authentication_failed'],
    ['of another type', { header: { typ: 'JWT' } }, 'invalid_request'],
    ['without its event', { claims: { events: {} } }, 'invalid_request'],
    [
      'of a person of another issuer',
      { claims: { sub_id: { format: 'iss_sub', iss: 'x', sub: 'y' } } },
      'invalid_request',
    ],
  ] as const)('%s: %#', async (_what, forgery, err) => {
    const response = await post(await test.issuer.forge('event', forgery));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({ err, description: expect.any(String) });
    expect(await knownChange()).toBeUndefined();
    expect(test.events.at(-1)).toMatchObject({ type: 'event.rejected' });
  });

  it('never repeats the token', async () => {
    const token = await test.issuer.forge('event', { claims: { aud: 'other' } });
    expect(await (await post(token)).text()).not.toContain('eyJ');
    expect(JSON.stringify(test.events)).not.toContain('eyJ');
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['JSON', { 'content-type': 'application/json' }],
    ['a type that only begins like it', { 'content-type': 'application/secevent+jwtx' }],
    ['a browser, which names a page', { ...SECEVENT, origin: 'https://evil.example' }],
    ['a browser, which names its mode', { ...SECEVENT, 'sec-fetch-site': 'cross-site' }],
  ])('N-04 of %s', async (_what, headers) => {
    const response = await post(await test.issuer.securityEvent(), headers);
    expect([response.status, await knownChange()]).toEqual([400, undefined]);
    expect(await response.json()).toMatchObject({ err: 'invalid_request' });
  });

  it.each([
    ['nothing', ''],
    ['no token', 'hello'],
    ['a token and more', 'x'.repeat(20_000)],
  ])('N-04 of %s', async (_what, body) => expect((await post(body)).status).toBe(400));

  it('N-04 by GET it is none at all', async () => {
    const response = await test.site.handler(new Request('https://app.example/auth/security-events'));
    expect([response?.status, response?.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('N-06 an event that can’t be kept now', () => {
  it('is answered 503 and sent again, for no event is lost', async () => {
    const failing = { ...revocations, changePermissions: () => Promise.reject(new Error('locked')) };
    test = await openTestSite({ revocations: failing, clock }, { clock });
    const response = await post(await test.issuer.securityEvent());
    expect([response.status, await response.json()]).toEqual([
      503,
      { err: 'invalid_request', description: expect.any(String) },
    ]);
  });

  it('by a store that keeps none is answered 404', async () => {
    const { isRevoked, revoke } = revocations;
    test = await openTestSite({ revocations: { isRevoked, revoke }, clock }, { clock });
    expect((await post(await test.issuer.securityEvent())).status).toBe(404);
  });
});
