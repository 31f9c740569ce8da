import { apps } from '@sso/domains';
import { expect, test } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, visit } from '../support/cookie-jar.ts';
import { FRESH, makeDue, SESSION, sessionsOf } from '../support/sealed-session.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { raiseStorm } from '../support/storm.ts';
import { askForTokens } from '../support/tokens.ts';

const ROUTER = { rsc: '1', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

async function signedIn(stack: StackInfo) {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  return { jar, sessions: await sessionsOf(stack, 'shop'), shop: stack.origins.shop };
}

const openReport = (jar: CookieJar, shop: string, headers = NAVIGATION) =>
  visit(jar, `${shop}/session`, { headers });

/** The identifier of an access token, which the session page shows among its claims. */
const tokenId = (token: string): string =>
  /"jti":"([^"]+)"/.exec(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())?.[1] ?? token;

/** Redeems a refresh token behind the site's back. */
const spend = async (stack: StackInfo, refreshToken = '') =>
  askForTokens(stack, 'shop', {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    resource: apps.shop.audience,
  });

test.describe('a session is renewed before its token ends', () => {
  test('pain 2: the render that renewed it shows the new token and its times', async ({ stack }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    const old = await makeDue(sessions, jar, shop);

    const page = await (await openReport(jar, shop)).text();

    const renewed = await sessions.require(jar);
    expect(renewed.accessTokenExpiresAt).toBeGreaterThan(old.accessTokenExpiresAt);
    expect(page).toContain(tokenId(renewed.accessToken));
    expect(page).not.toContain(tokenId(old.accessToken));
    expect(page).toContain(new Date(renewed.accessTokenExpiresAt * 1000).toISOString().slice(0, 19));
  });

  test('pain 2: a soft navigation renews and shows it as a document does', async ({ stack }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    const old = await makeDue(sessions, jar, shop);

    const redirect = await openReport(jar, shop, ROUTER);
    const address = new URL(redirect.headers.get('location') ?? '/session', shop).href;
    const payload = await (await visit(jar, address, { headers: ROUTER })).text();

    const renewed = await sessions.require(jar);
    expect(tokenId(renewed.accessToken)).not.toBe(tokenId(old.accessToken));
    expect(payload).toContain(tokenId(renewed.accessToken));
  });

  test('X-06 what carries the new cookie is kept by no cache', async ({ stack }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    await makeDue(sessions, jar, shop);
    const answer = await openReport(jar, shop);
    expect(answer.headers.getSetCookie().join('\n')).toContain(SESSION);
    expect(answer.headers.get('cache-control')).toMatch(/private.*no-store/);
    expect(answer.headers.get('vary')).toMatch(/cookie/i);
  });

  test('nothing is renewed before it is due: no cookie is set, and the token stays', async ({ stack }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    const before = await sessions.require(jar);
    const answers = [await openReport(jar, shop), await openReport(jar, shop, ROUTER)];
    expect(answers.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
    expect(tokenId((await sessions.require(jar)).accessToken)).toBe(tokenId(before.accessToken));
  });

  test('the marker that keeps proxy.ts from refreshing ends before the refresh is due, and holds no secret', async ({
    stack,
  }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    await makeDue(sessions, jar, shop);
    const lines = (await openReport(jar, shop)).headers.getSetCookie();
    const marker = lines.find((line) => line.startsWith(`${FRESH}=`)) ?? '';
    const { refreshDueAt } = await sessions.require(jar);
    const left = refreshDueAt - Math.floor(Date.now() / 1000);
    const lives = Number(/max-age=(\d+)/i.exec(marker)?.[1]);
    expect(lives).toBeGreaterThan(0);
    expect(lives).toBeLessThanOrEqual(left + 1);
    expect(marker.split(';')[0]).toMatch(/^__Host-fresh=.{0,4}$/);
  });

  test('K-10 a render that no cookie can follow renews nothing and signs nobody out', async ({ stack }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    await makeDue(sessions, jar, shop);
    // The marker says that no refresh is due, and this page is for everybody.
    jar.put(shop, FRESH, '1');
    const answer = await visit(jar, `${shop}/`, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Ada Marlowe');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});

test.describe('many at once', () => {
  test('pain 1: two dozen parallel requests of one person get one and the same new session', async ({
    stack,
  }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    const session = await makeDue(sessions, jar, shop);
    const cookie = jar.find(shop, SESSION) ?? '';
    const answers = await raiseStorm({ origin: shop, sessions, cookie, session, requests: 24 });
    expect(answers.filter(({ isSignedIn }) => !isSignedIn).map(({ kind }) => kind)).toEqual([]);
    const renewed = answers.flatMap((answer) => answer.session ?? []);
    expect(new Set(renewed.map(({ accessToken }) => tokenId(accessToken))).size).toBe(1);
  });

  test('a tab that comes late with the old cookie gets the session that the others have', async ({
    stack,
  }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    await makeDue(sessions, jar, shop);
    const late = createCookieJar();
    late.put(shop, SESSION, jar.find(shop, SESSION));
    await openReport(jar, shop);
    await openReport(late, shop);
    const [first, second] = [await sessions.require(jar), await sessions.require(late)];
    expect(tokenId(second.accessToken)).toBe(tokenId(first.accessToken));
  });
});

test.describe('what goes wrong on the way', () => {
  test('pain 3, K-08: an answer that got lost is asked for again, and nobody is signed out', async ({
    stack,
  }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    const session = await makeDue(sessions, jar, shop);
    const lost = await spend(stack, session.refreshToken);

    expect((await openReport(jar, shop)).status).toBe(200);

    expect(tokenId((await sessions.require(jar)).accessToken)).toBe(tokenId(lost.access_token));
  });

  test('a refusal that is final ends the session here, once, with a way on', async ({ stack }) => {
    const { jar, sessions, shop } = await signedIn(stack);
    const session = await makeDue(sessions, jar, shop);
    const next = await spend(stack, session.refreshToken);
    await spend(stack, next.refresh_token); // now the session's own token is two generations old

    const answer = await openReport(jar, shop);

    expect(jar.find(shop, SESSION)).toBeUndefined();
    expect(answer.status).toBeLessThan(400);
    expect(answer.headers.get('location')).toMatch(/\/(authorize|auth\/login)\?/);
  });
});
