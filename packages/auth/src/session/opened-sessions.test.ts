import { beforeEach, describe, expect, it } from 'vitest';
import { randomId } from '../foundation/index.ts';
import { openTestSite, type TestSite } from '../testing/index.ts';
import { createProcessMemory, createRelyingParty } from '../client/index.ts';

const memoryOf = (test: TestSite) => createProcessMemory(test.issuer.clock);

let test: TestSite;
let cookie: string;
beforeEach(async () => {
  test = await openTestSite();
  await test.browser.signIn();
  cookie = test.browser.request('/').headers.get('cookie') ?? '';
  await test.site.getSession(cookie); // remembered from here on
});

describe('a session that was opened a moment ago', () => {
  it('B-10 is over as soon as the revocation store says so, which is read every time', async () => {
    let isRevoked = false;
    let reads = 0;
    const revocations = { revoke: async () => undefined, isRevoked: async () => ((reads += 1), isRevoked) };
    const site = createRelyingParty({ ...test.options, revocations });
    await site.getSession(cookie);
    await site.getSession(cookie);
    expect(reads).toBe(2);
    isRevoked = true;
    expect(await site.getSession(cookie)).toBeUndefined();
  });

  it('B-10 is over after sign-out, whoever kept the cookie', async () => {
    await test.browser.visit('/auth/logout', { method: 'POST', headers: { origin: 'https://app.example' } });
    expect(await test.site.getSession(cookie)).toBeUndefined();
  });

  it('G10 is over when its time is, within the minute too', async () => {
    test.issuer.clock.advance(30 * 60 - 1);
    expect(await test.site.getSession(cookie)).toBeDefined();
    test.issuer.clock.advance(1);
    expect(await test.site.getSession(cookie)).toBeUndefined();
  });

  it('C-06 is over when its key leaves the ring, in a process that remembers it', async () => {
    const memory = memoryOf(test);
    await createRelyingParty({ ...test.options, memory }).getSession(cookie);
    const rotated = createRelyingParty({ ...test.options, memory, sessionKeys: [randomId(32)] });
    expect(await rotated.getSession(cookie)).toBeUndefined();
  });

  it('shows its claims to every request and lets none change them', async () => {
    const [first, second] = [await test.site.getSession(cookie), await test.site.getSession(cookie)];
    expect(first?.idTokenClaims).toBe(second?.idTokenClaims);
    expect(Object.isFrozen(first?.idTokenClaims)).toBe(true);
  });
});

it('a text of permissions counts like a list, as APIs read it', async () => {
  const text = await openTestSite({ permissionsClaim: 'scp' });
  text.issuer.alter({ accessToken: { claims: { scp: 'things.read things.write' } } });
  await text.browser.signIn();
  const session = await text.site.getSession(text.browser.request('/').headers.get('cookie'));
  expect(session?.permissions).toEqual(['things.read', 'things.write']);
  expect(session?.can('things.write')).toBe(true);
});
