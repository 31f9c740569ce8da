import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, locationOf } from '../../test/browser.ts';
import {
  authorizationForm,
  authorizePath,
  openTestProvider,
  signIn,
  type TestProvider,
  tokenRequest,
} from '../../test/test-provider.ts';
import { ISSUER } from '../../test/registrations.ts';

const OFFICE = '198.51.100.1';
const ELSEWHERE = '203.0.113.9';
/** How many requests that nobody has opened one network may have, twice as many opened ones, and as many answered ones. */
const MOST = 20;
const LARGE = 's'.repeat(4000);
const ADA = { username: 'ada', password: 'the analytical engine weaves' };
const WRONG = { username: 'ada', password: 'not the passphrase' };
const NATIVE = { client_id: 'native', redirect_uri: 'http://127.0.0.1/callback' };

/** The path of the sign-in page that a browser is led to, and the page once it is opened. */
async function begin(browser: Browser): Promise<string> {
  return locationOf(await browser.get(authorizePath())).pathname;
}
async function openPage(browser: Browser): Promise<string> {
  const path = await begin(browser);
  await browser.get(path);
  return path;
}

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < count; index += 1) results.push(await work());
  return results;
}

describe('F-14 requests that wait', () => {
  let idp: TestProvider;
  beforeEach(async () => {
    idp = await openTestProvider({ WAITING_REQUESTS_PER_NETWORK: String(MOST) });
  });
  afterEach(() => idp[Symbol.asyncDispose]());

  /** A request that another site posts: it waits before any browser has shown a cookie. */
  async function post(change: Record<string, string> = {}, peer = OFFICE): Promise<string> {
    const form = authorizationForm(change);
    const answer = await idp.browser(peer).post('/authorize', form, { origin: 'https://shop.example' });
    return locationOf(answer).pathname;
  }

  const floodUnopened = (change: Record<string, string> = {}, peer = OFFICE) =>
    times(3 * MOST, () => post(change, peer));
  const floodOpened = (peer = OFFICE) => times(3 * 2 * MOST, () => openPage(idp.browser(peer)));

  const pushFrom = async (request: Request, peer: string) => {
    const response = await idp.fetch(request, peer);
    expect(response.status).toBe(201);
    const { request_uri }: { request_uri: string } = await response.json();
    return request_uri;
  };

  const bring = async (clientId: string, request_uri: string) =>
    (
      await idp
        .browser(ELSEWHERE)
        .get(`/authorize?${new URLSearchParams({ client_id: clientId, request_uri }).toString()}`)
    ).status;

  const pushPublic = (peer = OFFICE) =>
    pushFrom(
      new Request(`${ISSUER}/par`, {
        method: 'POST',
        body: new URLSearchParams(authorizationForm(NATIVE)),
      }),
      peer,
    );
  const pushAs = (clientId: string) =>
    pushFrom(
      tokenRequest(
        authorizationForm({
          client_id: clientId,
          redirect_uri: `https://${clientId}.example/auth/callback`,
        }),
        clientId,
        '/par',
      ),
      OFFICE,
    );

  async function waiting(paths: readonly string[], peer = OFFICE): Promise<boolean[]> {
    const answers = [];
    for (const path of paths) answers.push((await idp.browser(peer).get(path)).status !== 410);
    return answers;
  }

  it('are as many as their bound at most: the oldest that nobody has opened have left, and none was refused', async () => {
    const paths = await floodUnopened();
    const kept = paths.map((_, index) => index >= paths.length - MOST);
    expect(await waiting(paths)).toEqual(kept);
  });

  it('of another network stay', async () => {
    const path = await begin(idp.browser(ELSEWHERE));
    await floodUnopened();
    await floodOpened();
    expect(await waiting([path], ELSEWHERE)).toEqual([true]);
  });

  it('of IPv6 addresses count by /64', async () => {
    const path = await post({}, '2001:db8:1:2::1');
    await floodUnopened({}, '2001:db8:1:2:3:4:5:6');
    expect(await waiting([path])).toEqual([false]);
  });

  it('stay once somebody has opened their page, however many are not opened', async () => {
    const browser = idp.browser(OFFICE);
    const path = await openPage(browser);
    await floodUnopened();
    expect((await browser.post(path, ADA)).status).toBe(303);
  });

  it('make room beyond a second bound: the page says so, and leads back to the site', async () => {
    const browser = idp.browser(OFFICE);
    const path = await openPage(browser);
    await floodOpened();
    const answer = await browser.post(path, ADA);
    expect(answer.status).toBe(410);
    const page = await answer.text();
    expect(page).toContain('This page had to make room');
    expect(page).toContain('request_made_room');
    expect(page).toMatch(/<a class="button" href="https:\/\/shop\.example"/);
  });

  it('and were answered say so, where none had to make room', async () => {
    const browser = idp.browser(OFFICE);
    const path = await openPage(browser);
    const { pathname } = locationOf(await browser.post(path, ADA));
    expect(locationOf(await browser.get(pathname)).searchParams.get('code')).not.toBeNull();
    idp.advanceClock(61);
    const page = await (await browser.get(path)).text();
    expect(page).toContain('request_over');
    expect(page).toMatch(/<a class="button" href="https:\/\/shop\.example"/);
  });

  it('of a browser in which somebody signed in before leave last', async () => {
    const known = idp.browser(OFFICE);
    await signIn(known);
    known.cookies.delete('__Host-sso');
    const path = await openPage(known);
    await floodOpened();
    expect((await known.post(path, ADA)).status).toBe(303);
  });

  it('of a browser with a made-up device cookie leave as any other', async () => {
    const browser = idp.browser(OFFICE);
    browser.cookies.set('__Host-device', 'A'.repeat(43));
    const path = await openPage(browser);
    await floodOpened();
    expect((await browser.post(path, ADA)).status).toBe(410);
  });

  it('that somebody has tried to answer stay, however many are only opened', async () => {
    const browser = idp.browser(OFFICE);
    const path = await openPage(browser);
    expect((await browser.post(path, WRONG)).status).toBe(422);
    await floodOpened();
    expect((await browser.post(path, ADA)).status).toBe(303);
  });

  it('that were answered have a bound as well, so that nobody fills the database by answering', async () => {
    const signedIn = idp.browser(OFFICE);
    await signIn(signedIn);
    const [again] = await times(2 * MOST, async () => {
      const path = await post();
      const granted = await signedIn.get(path);
      expect(locationOf(granted).searchParams.get('code')).not.toBeNull();
      return path;
    });
    const answer = await signedIn.get(again ?? '');
    expect(answer.status).toBe(410);
    expect(await answer.text()).toContain('request_made_room');
  });

  it('and are large don’t take the place of others', async () => {
    const path = await post();
    await floodUnopened({ state: LARGE });
    expect(await waiting([path])).toEqual([true]);
  });

  it('leave once they are over, when the life of a code is', async () => {
    const browser = idp.browser(OFFICE);
    const id = (await openPage(browser)).split('/').at(-1) ?? '';
    await browser.post(`/authorize/${id}/cancel`, {});
    const { store, clock } = idp.provider;
    idp.advanceClock(59);
    expect(await store.findInteraction(id, clock())).toBeDefined();
    idp.advanceClock(1);
    expect(await store.findInteraction(id, clock())).toBeUndefined();
  });

  it('that were pushed by a client without credentials count for their network', async () => {
    const first = await pushPublic();
    await times(MOST, () => pushPublic());
    expect(await bring('native', first)).toBe(400);
  });

  it('that were pushed by a client that has proved itself count for the client, wherever it sends them from', async () => {
    const [shop, blog] = [await pushAs('shop'), await pushAs('blog')];
    await floodUnopened();
    await times(MOST / 2, () => pushAs('blog'));
    expect(await bring('shop', shop)).toBe(303);
    expect(await bring('blog', blog)).toBe(400);
  });

  it('that were pushed are gone once a browser has brought them', async () => {
    const requestUri = await pushAs('shop');
    expect(await bring('shop', requestUri)).toBe(303);
    const id = requestUri.split(':').at(-1) ?? '';
    expect(await idp.provider.store.findInteraction(id, 0)).toBeUndefined();
  });
});
