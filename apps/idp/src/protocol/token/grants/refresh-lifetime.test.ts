import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locationOf } from '../../../../test/browser.ts';
import {
  authorizePath,
  codeForm,
  errorOf,
  type TestProvider,
  openTestProvider,
  type Tokens,
  tokensFor,
} from '../../../../test/test-provider.ts';
import { SHOP_API } from '../../../../test/registrations.ts';
import { isActive, userinfo } from '../../../../test/token-requests.ts';
import { randomId, sha256 } from '../../../foundation/secrets.ts';

const DAY = 86_400;
const REFUSED = '400 invalid_grant';

describe('how long refreshing goes on', () => {
  let idp: TestProvider;
  beforeEach(async () => {
    idp = await openTestProvider();
  });
  afterEach(() => idp[Symbol.asyncDispose]());

  const use = (refresh_token: string) => idp.token({ grant_type: 'refresh_token', refresh_token });

  async function openSession(): Promise<string> {
    const ada = await idp.provider.store.findPersonBySub('sub-ada');
    const signedIn = ada && (await idp.provider.signOn.signIn(ada, undefined));
    if (!signedIn) throw new Error('nobody signed in');
    return signedIn.session.id;
  }

  /** A grant that outlives its session, as a consent to `offline_access` gives it. */
  async function offlineTokens(): Promise<Tokens> {
    const now = idp.provider.clock();
    const code = randomId(32);
    const sessionId = await openSession();
    const details = {
      redirectUri: 'https://shop.example/auth/callback',
      authTime: now,
      acr: 'pwd',
      amr: ['pwd'],
    };
    const grant = {
      id: randomId(),
      clientId: 'shop',
      sub: 'sub-ada',
      sessionId,
      scope: ['openid', 'offline_access'],
      resources: [],
      details,
      offline: true,
      byConsent: false,
      expiresAt: now + idp.provider.lifetimes.offlineSeconds,
    };
    await idp.provider.store.openGrant(grant, { hash: sha256(code), expiresAt: now + 60 }, now);
    await idp.provider.signOn.end(sessionId);
    const callback = new URL(`https://shop.example/auth/callback?code=${code}`);
    return (await idp.token(codeForm(callback, { code_verifier: '' }))).json();
  }

  it('K-12 ends with the sign-on session, however often it is used', async () => {
    let { refresh_token } = await tokensFor(idp);
    for (let hour = 0; hour < 23; hour += 1) {
      idp.advanceClock(3600);
      ({ refresh_token } = await (await use(refresh_token)).json());
    }
    idp.advanceClock(3599);
    ({ refresh_token } = await (await use(refresh_token)).json());
    idp.advanceClock(1);
    expect(await errorOf(use(refresh_token))).toBe(REFUSED);
    expect(await isActive(idp, refresh_token)).toBe(false);
  });

  it('K-12 ends with offline_access after 30 days, however often it is used', async () => {
    let { refresh_token } = await offlineTokens();
    for (let day = 0; day < 29; day += 1) {
      idp.advanceClock(DAY);
      ({ refresh_token } = await (await use(refresh_token)).json());
    }
    idp.advanceClock(DAY - 1);
    ({ refresh_token } = await (await use(refresh_token)).json());
    idp.advanceClock(1);
    expect(await errorOf(use(refresh_token))).toBe(REFUSED);
  });

  it('K-12 with offline_access needs no session, and userinfo knows its tokens', async () => {
    const { refresh_token } = await offlineTokens();
    idp.advanceClock(2 * DAY);
    const next: Tokens = await (await use(refresh_token)).json();
    expect((await userinfo(idp, next.access_token)).status).toBe(200);
  });

  it.each<readonly [string, (one: TestProvider) => Promise<unknown>]>([
    [
      'K-07 a new passphrase, which ends everything',
      ({ provider }) => provider.store.revokeAllOfPerson('sub-ada', { ending: 'passphrase-changed', now: 1 }),
    ],
    ['T-38 an account that is disabled', ({ provider }) => provider.store.setDisabled('ada', true, 1)],
    ['T-38 an account that is gone', ({ provider }) => provider.store.removePerson('sub-ada', 1)],
  ])('%s ends both kinds, and their access tokens here', async (_what, end) => {
    const both = [await tokensFor(idp), await offlineTokens()];
    await end(idp);
    for (const { refresh_token, access_token } of both) {
      expect(await errorOf(use(refresh_token))).toBe(REFUSED);
      expect((await userinfo(idp, access_token)).status).toBe(401);
    }
  });

  it('K-08 an answer that was lost is given again for 10 s, byte for byte', async () => {
    const first = await tokensFor(idp, authorizePath({ resource: SHOP_API }));
    const lost = await (await use(first.refresh_token)).text();
    idp.advanceClock(10);
    expect(await (await use(first.refresh_token)).text()).toBe(lost);
  });

  it('K-08 one that was lost for longer costs a sign-in without a form, and no error of ours', async () => {
    const browser = idp.browser();
    const first = await tokensFor(idp, authorizePath(), 'ada', browser);
    await use(first.refresh_token);
    idp.advanceClock(11);
    for (let round = 0; round < 3; round += 1) {
      expect(await errorOf(use(first.refresh_token))).toBe(REFUSED);
    }
    const callback = locationOf(await browser.get(authorizePath({ prompt: 'none' })));
    const healed: Tokens = await (await idp.token(codeForm(callback))).json();
    expect((await use(healed.refresh_token)).status).toBe(200);
  });

  it('K-08 one that was lost while the successor went on is over at once', async () => {
    const first = await tokensFor(idp);
    const second: Tokens = await (await use(first.refresh_token)).json();
    await use(second.refresh_token);
    expect(await errorOf(use(first.refresh_token))).toBe(REFUSED);
  });

  it.each([
    ['F-06 a node whose clock is 20 s behind gives the same answer', 20, 200],
    ['F-06 a clock that jumped back by an hour does not lengthen the window', 3600, 400],
  ])('%s', async (_what, seconds, status) => {
    const first = await tokensFor(idp);
    await use(first.refresh_token);
    idp.advanceClock(-seconds);
    expect((await use(first.refresh_token)).status).toBe(status);
  });
});
