import { describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import { authorizePath, type TestProvider, openTestProvider, signIn } from '../../test/test-provider.ts';

const CADDY = '127.0.0.1';
const ADA = { username: 'ada', password: 'the analytical engine weaves' };
const WRONG = { username: 'ada', password: 'not the passphrase' };

const openForm = async (browser: Browser) =>
  locationOf(await browser.get(authorizePath({ prompt: 'login' }))).pathname;

/** Posts a sign-in from a client behind the proxy, as a browser of its own unless one is given. */
async function post(
  idp: TestProvider,
  form: Record<string, string>,
  from: { address?: string; browser?: Browser; forwarded?: string } = {},
): Promise<Response> {
  const browser = from.browser ?? idp.browser(CADDY);
  const forwarded = from.forwarded ?? from.address ?? '203.0.113.1';
  return browser.post(await openForm(browser), form, { 'x-forwarded-for': forwarded });
}

async function statuses(times: number, send: (index: number) => Promise<Response>): Promise<number[]> {
  const answers = [];
  for (let index = 0; index < times; index += 1) answers.push((await send(index)).status);
  return answers;
}

const few = {
  SIGN_IN_TRIES_PER_ACCOUNT_AND_ADDRESS: '2',
  SIGN_IN_TRIES_PER_ACCOUNT: '4',
  SIGN_IN_TRIES_PER_ADDRESS: '5',
};

describe('guessing at the sign-in page', () => {
  it('U-02 ends in 429 with the time to wait, in words too, after 10 wrong passphrases', async () => {
    await using idp = await openTestProvider();
    const answers = await statuses(12, () => post(idp, WRONG));
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 422), 429, 429]);
    idp.advanceClock(100);
    const refused = await post(idp, ADA);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '800']);
    expect(refused.headers.get('cache-control')).toBe('no-store');
    expect(refused.headers.getSetCookie().join()).not.toContain('__Host-sso');
    expect(await refused.text()).toContain('Wait 14 minutes, then try again');
    idp.advanceClock(800);
    expect((await post(idp, ADA)).status).toBe(303);
  });

  it('U-02 is seen by whoever watches, without the name that was tried', async () => {
    await using idp = await openTestProvider(few);
    await statuses(3, () => post(idp, WRONG, { address: '2001:db8:1:2:3::4' }));
    const event = idp.events.findLast(({ type }) => type === 'sign-in.throttled');
    expect(event).toEqual({
      type: 'sign-in.throttled',
      budget: 'account-and-address',
      account: idp.provider.auditNameOf(WRONG.username),
      network: '2001:db8:1:2::/64',
      retryAfterSeconds: 900,
    });
  });

  it.each([
    ['a known name', 'ada'],
    ['a name in another spelling', ' ADA'],
    ['a name that nobody has', 'nobody'],
    ['a passphrase in its place', 'the analytical engine weaves'],
  ])(
    'a refused sign-in with %s tells the audit a keyed hash of it and the network',
    async (_what, username) => {
      await using idp = await openTestProvider(few);
      await post(idp, { ...WRONG, username }, { address: '198.51.100.7' });
      const told = idp.events.filter(({ type }) => type === 'sign-in.rejected');
      expect(told).toEqual([
        {
          type: 'sign-in.rejected',
          reason: 'credentials',
          account: idp.provider.auditNameOf(username),
          network: '198.51.100.7',
        },
      ]);
      expect(JSON.stringify(told)).not.toContain(username.trim());
    },
  );

  it('U-02 from many addresses leaves the owner’s known browser a way in', async () => {
    await using idp = await openTestProvider(few);
    const known = idp.browser(CADDY);
    await signIn(known);
    known.cookies.delete('__Host-sso');
    const answers = await statuses(6, (index) => post(idp, WRONG, { address: `198.51.100.${index}` }));
    expect(answers).toEqual([422, 422, 422, 422, 429, 429]);
    expect((await post(idp, ADA, { address: '203.0.113.9' })).status).toBe(429);
    expect((await post(idp, ADA, { browser: known })).status).toBe(303);
  });

  it('U-03 over many accounts from one address ends in 429', async () => {
    await using idp = await openTestProvider(few);
    const answers = await statuses(7, (index) => post(idp, { ...WRONG, username: `person-${index}` }));
    expect(answers).toEqual([422, 422, 422, 422, 422, 429, 429]);
  });

  it('U-04 is counted by the address that the proxy saw, whatever X-Forwarded-For the client sends', async () => {
    await using idp = await openTestProvider(few);
    expect(
      await statuses(4, (index) =>
        post(idp, WRONG, { forwarded: `10.9.8.${index}, 2001:db8::${index}, 203.0.113.7` }),
      ),
    ).toEqual([422, 422, 429, 429]);
  });

  it('U-04 is counted by the peer when that is no proxy', async () => {
    await using idp = await openTestProvider(few);
    const send = (index: number) =>
      post(idp, WRONG, { browser: idp.browser('198.51.100.9'), forwarded: `203.0.113.${index}` });
    expect(await statuses(4, send)).toEqual([422, 422, 429, 429]);
  });

  it('U-01 says the same to a name that nobody has, byte for byte, before the limit and after it', async () => {
    await using idp = await openTestProvider(few);
    const said = async (username: string, address: string) => {
      const browser = idp.browser(CADDY);
      const path = await openForm(browser);
      const one = async () => {
        const answer = await browser.post(path, { ...WRONG, username }, { 'x-forwarded-for': address });
        const body = (await answer.text())
          .replaceAll(path.slice('/sign-in/'.length), '…')
          .replaceAll(username, '…');
        return [answer.status, answer.headers.get('retry-after'), body];
      };
      return [await one(), await one(), await one()];
    };
    expect(await said('ada', '203.0.113.1')).toEqual(await said('nobody', '203.0.113.2'));
  });

  it('U-09 counts the spellings of a name together', async () => {
    await using idp = await openTestProvider(few);
    const names = ['ada', 'ADA', ' Ada ', 'ＡＤＡ'];
    expect(await statuses(4, (index) => post(idp, { ...WRONG, username: names[index] ?? '' }))).toEqual([
      422, 422, 429, 429,
    ]);
  });

  it('G14 doesn’t count sign-ins that succeed, many at once among them', async () => {
    await using idp = await openTestProvider(few);
    const answers = await Promise.all(Array.from({ length: 12 }, () => post(idp, ADA)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect((await post(idp, WRONG)).status).toBe(422);
  });
});

describe('the device cookie', () => {
  it('G15 is host-only, unreadable to scripts, and new at every sign-in', async () => {
    await using idp = await openTestProvider();
    const browser = idp.browser(CADDY);
    const cookies = (await post(idp, ADA, { browser })).headers.getSetCookie();
    const attributes = 'Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=15552000';
    expect(cookies.filter((line) => line.startsWith('__Host-device='))).toHaveLength(1);
    expect(cookies.join('\n')).toMatch(new RegExp(`^__Host-device=[\\w-]{43}; ${attributes}$`, 'm'));
    const first = browser.cookies.get('__Host-device');
    await signIn(browser, authorizePath({ prompt: 'login' }));
    expect(browser.cookies.get('__Host-device')).not.toBe(first);
  });

  it('P-16 that somebody planted is worth nothing after the sign-in', async () => {
    await using idp = await openTestProvider(few);
    const planter = idp.browser(CADDY);
    await signIn(planter, authorizePath(), 'ben');
    const planted = planter.cookies.get('__Host-device') ?? '';
    const victim = idp.browser(CADDY);
    victim.cookies.set('__Host-device', planted);
    await signIn(victim);
    await statuses(2, () => post(idp, WRONG, { browser: planter }));
    expect((await post(idp, ADA, { browser: planter })).status).toBe(429);
  });

  it.each([
    ['empty', ''],
    ['short', 'x'],
    ['long', 'A'.repeat(4096)],
    ['not of our letters', 'ünï\u0000'],
    ['one that nobody was given', 'A'.repeat(43)],
  ])('C-01 that is %s makes no difference', async (_what, value) => {
    await using idp = await openTestProvider();
    const browser = idp.browser(CADDY);
    browser.cookies.set('__Host-device', encodeURIComponent(value));
    expect((await post(idp, ADA, { browser })).status).toBe(303);
  });
});
