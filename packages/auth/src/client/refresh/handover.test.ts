import { beforeEach, describe, expect, it } from 'vitest';
import { openTestSite, type TestSite } from '../../testing/index.ts';
import { createRelyingParty, type RelyingParty } from '../index.ts';

let test: TestSite;
let site: RelyingParty;
let asked: number;
let isRevoked: boolean;
beforeEach(async () => {
  test = await openTestSite();
  [asked, isRevoked] = [0, false];
  const revocations = { revoke: async () => undefined, isRevoked: async () => ((asked += 1), isRevoked) };
  site = createRelyingParty({ ...test.options, revocations });
  await test.browser.signIn();
});

const cookie = () => test.browser.request('/').headers.get('cookie');

async function handOver(): Promise<string | undefined> {
  const { handOver: give } = await site.updateSession(test.browser.request('/'));
  asked = 0;
  return give();
}

describe('a session that is handed over within a request', () => {
  it('is opened by the next layer without a further question to the revocation store', async () => {
    const name = await handOver();
    expect((await site.getSession(cookie(), name))?.user.sub).toBe('person-ada');
    expect(asked).toBe(0);
  });

  it('is the renewed one, by the cookie that the next layer sees', async () => {
    test.issuer.clock.advance(9 * 60);
    const { cookies, handOver: give } = await site.updateSession(test.browser.request('/'));
    const renewed = cookies.find(({ name }) => name === '__Host-session')?.value;
    asked = 0;
    expect(await site.getSession(`__Host-session=${renewed}`, give())).toBeDefined();
    expect(asked).toBe(0);
  });

  it('is nobody’s where nobody is signed in', async () => {
    test.browser.cookies.clear();
    expect(await handOver()).toBeUndefined();
  });

  it.each([
    ['another request, which has no such name', () => undefined],
    ['a name that a client made up', () => 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['an empty name', () => ''],
  ])('says nothing to %s: the store is asked, and its word counts', async (_who, name) => {
    await handOver();
    isRevoked = true;
    expect(await site.getSession(cookie(), name())).toBeUndefined();
    expect(asked).toBe(1);
  });

  it('says nothing about another cookie under the same name', async () => {
    const name = await handOver();
    expect(await site.getSession('__Host-session=another', name)).toBeUndefined();
    expect(await site.getSession(null, name)).toBeUndefined();
  });

  it('is forgotten after five seconds', async () => {
    const name = await handOver();
    test.issuer.clock.advance(5);
    await site.getSession(cookie(), name);
    expect(asked).toBe(1);
  });

  it('is not handed over where the store says that the session ended', async () => {
    isRevoked = true;
    expect(await handOver()).toBeUndefined();
  });
});
