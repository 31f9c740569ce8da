import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  authorizePath,
  errorOf,
  type TestProvider,
  openTestProvider,
  sessionIdOf,
  type Tokens,
  tokensFor,
} from '../../../../test/test-provider.ts';
import { BLOG_API, SHOP_API } from '../../../../test/registrations.ts';

const REPLAY = 10;
const REFUSED = '400 invalid_grant';

describe('a refresh token', () => {
  let idp: TestProvider;
  let first: Tokens;
  beforeAll(async () => {
    idp = await openTestProvider();
  });
  beforeEach(async () => {
    await idp.provider.store.setDisabled('ada', false, 0);
    await idp.provider.store.setRoles('ada', ['member'], 0);
    idp.events.length = 0;
    first = await tokensFor(idp, authorizePath({ resource: SHOP_API }));
  });
  afterAll(() => idp[Symbol.asyncDispose]());

  const use = (refresh_token: string, change: Record<string, string> = {}, clientId = 'shop') =>
    idp.token({ grant_type: 'refresh_token', refresh_token, ...change }, clientId);
  const next = async (refresh_token: string): Promise<Tokens> => (await use(refresh_token)).json();
  it('is new at every use, and each works once more', async () => {
    const second = await next(first.refresh_token);
    const third = await next(second.refresh_token);
    expect(new Set([first.refresh_token, second.refresh_token, third.refresh_token]).size).toBe(3);
    expect(third.access_token).not.toBe(second.access_token);
  });

  it('K-03 used 10 times at once gives one answer, byte for byte', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => use(first.refresh_token)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(idp.events.filter(({ type }) => type === 'refresh.rotated')).toHaveLength(1);
  });

  it('gets its answer again for 10 seconds, and the family lives on', async () => {
    const answer = await (await use(first.refresh_token)).text();
    idp.advanceClock(REPLAY);
    expect(await (await use(first.refresh_token)).text()).toBe(answer);
    const second: Tokens = JSON.parse(answer);
    expect((await use(second.refresh_token)).status).toBe(200);
  });

  it('K-01 used again after that ends the family, and the sign-on session lives on', async () => {
    const second = await next(first.refresh_token);
    idp.advanceClock(REPLAY + 1);
    expect(await errorOf(use(first.refresh_token))).toBe(REFUSED);
    expect(await errorOf(use(second.refresh_token))).toBe(REFUSED);
    expect(idp.events.some(({ type }) => type === 'session.ended')).toBe(false);
  });

  it('K-01 used again once its successor was used ends the family', async () => {
    const second = await next(first.refresh_token);
    const third = await next(second.refresh_token);
    expect(await errorOf(use(first.refresh_token))).toBe(REFUSED);
    expect(await errorOf(use(third.refresh_token))).toBe(REFUSED);
  });

  const others: readonly (readonly [string, Record<string, string>, string])[] = [
    ['another resource', { resource: 'https://id.example' }, 'openid profile email'],
    ['another scope', { scope: 'openid' }, 'openid'],
  ];

  it.each(others)('K-03 used at once for %s too gives both one successor', async (_what, change, scope) => {
    const [one, other] = await Promise.all([next(first.refresh_token), use(first.refresh_token, change)]);
    const both: Tokens = await other.json();
    expect([both.scope, both.refresh_token]).toEqual([scope, one.refresh_token]);
    expect(both.access_token).not.toBe(one.access_token);
    expect(idp.events.filter(({ type }) => type === 'refresh.rotated')).toHaveLength(1);
    expect((await use(one.refresh_token)).status).toBe(200);
  });

  it.each(others)('K-03 used for %s within 10 seconds gives the same successor', async (_what, change) => {
    const second = await next(first.refresh_token);
    idp.advanceClock(REPLAY);
    const late: Tokens = await (await use(first.refresh_token, change)).json();
    expect(late.refresh_token).toBe(second.refresh_token);
    expect(idp.events.at(-1)).toMatchObject({ type: 'refresh.shared' });
    expect((await use(second.refresh_token)).status).toBe(200);
  });

  it.each(others)('K-01 used for %s after that ends the family', async (_what, change) => {
    const second = await next(first.refresh_token);
    idp.advanceClock(REPLAY + 1);
    expect(await errorOf(use(first.refresh_token, change))).toBe(REFUSED);
    expect(await errorOf(use(second.refresh_token))).toBe(REFUSED);
  });

  it.each(others)('K-02 two generations old, for %s, ends the family', async (_what, change) => {
    const second = await next(first.refresh_token);
    const third = await next(second.refresh_token);
    expect(await errorOf(use(first.refresh_token, change))).toBe(REFUSED);
    expect(await errorOf(use(third.refresh_token))).toBe(REFUSED);
  });

  it.each([
    [
      'the same scope in another order',
      { scope: 'openid shop:products.read email' },
      { scope: 'email openid shop:products.read' },
    ],
    ['all scopes and none', { scope: 'openid profile email' }, {}],
    ['a resource and none where it is the only one', { resource: SHOP_API }, {}],
    [
      'all that the response said and none',
      { scope: 'openid profile email shop:products.read shop:prices.member' },
      {},
    ],
  ])('K-03 used at once with %s gives one answer, byte for byte', async (_what, one, other) => {
    const answers = await Promise.all([use(first.refresh_token, one), use(first.refresh_token, other)]);
    const [text, same] = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(same).toBe(text);
  });

  it.each([
    ['resource', { resource: BLOG_API }, '400 invalid_target'],
    ['scope', { scope: 'openid blog:posts.read' }, '400 invalid_scope'],
  ])(
    'used again in time for a %s that was not granted gets nothing, and its family lives',
    async (_what, change, error) => {
      const second = await next(first.refresh_token);
      expect(await errorOf(use(first.refresh_token, change))).toBe(error);
      expect((await use(second.refresh_token)).status).toBe(200);
    },
  );

  it('K-02 that is two generations old ends the family inside the window', async () => {
    const second = await next(first.refresh_token);
    const third = await next(second.refresh_token);
    await next(third.refresh_token);
    expect(await errorOf(use(second.refresh_token))).toBe(REFUSED);
    expect(idp.events.at(-1)).toMatchObject({ type: 'refresh.reused' });
  });

  it('K-04 of client A gives client B nothing and lives on', async () => {
    expect(await errorOf(use(first.refresh_token, {}, 'blog'))).toBe(REFUSED);
    expect((await use(first.refresh_token)).status).toBe(200);
  });

  it('K-05 gives narrower scopes, and never wider ones', async () => {
    const wider = await use(first.refresh_token, { scope: 'openid profile blog:posts.read' });
    expect(await wider.json()).toMatchObject({ error: 'invalid_scope' });
    const narrower: Tokens = await (
      await use(first.refresh_token, { scope: 'openid shop:products.read' })
    ).json();
    expect(narrower.scope).toBe('openid shop:products.read');
    const again = await next(narrower.refresh_token);
    expect(again.scope).toBe('openid profile email shop:products.read shop:prices.member');
  });

  it('gives no other audience than the granted ones', async () => {
    expect(await (await use(first.refresh_token, { resource: BLOG_API })).json()).toMatchObject({
      error: 'invalid_target',
    });
    expect((await use(first.refresh_token)).status).toBe(200);
  });

  it.each([
    ['after sign-out', (one: TestProvider, sessionId: string) => one.provider.signOn.end(sessionId)],
    ['of a disabled person', (one: TestProvider) => one.provider.store.setDisabled('ada', true, 0)],
    [
      'K-12 when the sign-on session is over',
      (one: TestProvider) => Promise.resolve(one.advanceClock(86_400)),
    ],
  ])('K-07 %s gives nothing', async (_what, end) => {
    await end(idp, await sessionIdOf(idp, first.access_token));
    expect(await errorOf(use(first.refresh_token))).toBe(REFUSED);
  });

  it('carries the permissions of now', async () => {
    await idp.provider.store.setRoles('ada', ['reader'], 0);
    const { permissions } = JSON.parse(
      Buffer.from((await next(first.refresh_token)).access_token.split('.')[1] ?? '', 'base64url').toString(),
    );
    expect(permissions).toEqual(['shop:products.read']);
  });

  it.each(['', 'x', 'x'.repeat(10_000), `${'A'.repeat(22)}.${'A'.repeat(22)}`, '__proto__'])(
    '%j is no refresh token',
    async (token) => {
      const { error } = await (await use(token)).json();
      expect(['invalid_grant', 'invalid_request']).toContain(error);
    },
  );
});
