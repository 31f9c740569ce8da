import { expect, test } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, visit } from '../support/cookie-jar.ts';
import { deliverLogout, logoutTokenFor } from '../support/logout-token.ts';
import { FRESH, makeDue, SESSION, sessionsOf } from '../support/sealed-session.ts';
import type { Outgoing } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { personToSignOut } from '../support/extra-people.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

async function signedIn(stack: StackInfo, username: string) {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', username);
  return jar;
}

/** What somebody with a copy of the cookie sees. */
async function lookAround(stack: StackInfo, jar: CookieJar) {
  const { shop } = stack.origins;
  const cookie = `${SESSION}=${jar.find(shop, SESSION)}`;
  const ask = (path: string, headers: Record<string, string>) =>
    visit(createCookieJar(), shop + path, { headers: { ...headers, cookie } });
  const [report, home, json] = await Promise.all([
    ask('/session', NAVIGATION),
    ask('/', { accept: 'text/html' }),
    ask('/auth/session', {}),
  ]);
  return {
    page: report.status === 200,
    home: (await home.text()).includes('Sign out'),
    api: (await json.text()) !== '{"session":null}',
    marked: !report.headers.getSetCookie().some((line) => line.startsWith(`${FRESH}=;`)),
    dropped: report.headers.getSetCookie().some((line) => line.startsWith(`${SESSION}=;`)),
  };
}

/**
 * The cookie stays: it opens nothing, and an answer that comes late must not take the next login's away. The marker goes,
 * so that proxy.ts looks again.
 */
const DEAD = { page: false, home: false, api: false, marked: false, dropped: false };
const ALIVE = { page: true, home: true, api: true, marked: true, dropped: false };

test.describe('the provider says that a session ended', () => {
  test('B-03, B-10: by sid, the session and every copy of its cookie are dead within a second, at the very next look', async ({
    stack,
  }) => {
    const jar = await signedIn(stack, 'ada');
    const bystander = await signedIn(stack, 'ada');
    const { claims } = await (await sessionsOf(stack, 'shop')).require(jar);
    expect(await lookAround(stack, jar)).toEqual(ALIVE);

    const answer = await deliverLogout(
      stack.origins.shop,
      await logoutTokenFor(stack, 'shop', { sid: claims.sid ?? '' }),
    );

    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(await lookAround(stack, jar)).toEqual(DEAD);
    expect(await lookAround(stack, bystander)).toEqual(ALIVE);
  });

  test('B-03: by sub, all sessions of the person are, and those of nobody else', async ({ stack }) => {
    const jars = [
      await signedIn(stack, personToSignOut.username),
      await signedIn(stack, personToSignOut.username),
    ];
    const bystander = await signedIn(stack, 'ada');
    const [first] = jars;
    if (!first) return;
    const { claims } = await (await sessionsOf(stack, 'shop')).require(first);

    await deliverLogout(stack.origins.shop, await logoutTokenFor(stack, 'shop', { sub: claims.sub }));

    for (const jar of jars) {
      expect(await lookAround(stack, jar)).toEqual(DEAD);
    }
    expect(await lookAround(stack, bystander)).toEqual(ALIVE);
  });

  test('a refresh does not bring it back', async ({ stack }) => {
    const jar = await signedIn(stack, 'ada');
    const sessions = await sessionsOf(stack, 'shop');
    const { claims } = await makeDue(sessions, jar, stack.origins.shop);
    await deliverLogout(stack.origins.shop, await logoutTokenFor(stack, 'shop', { sid: claims.sid ?? '' }));
    expect(await lookAround(stack, jar)).toEqual(DEAD);
  });

  test('T-17 B-02: a token for the blog ends nothing at the shop, and a used one is used up', async ({
    stack,
  }) => {
    const jar = await signedIn(stack, 'ada');
    const { claims } = await (await sessionsOf(stack, 'shop')).require(jar);
    const foreign = await logoutTokenFor(stack, 'blog', { sid: claims.sid ?? '' });
    expect((await deliverLogout(stack.origins.shop, foreign)).status).toBe(400);
    expect(await lookAround(stack, jar)).toEqual(ALIVE);
    const own = await logoutTokenFor(stack, 'shop', { sid: claims.sid ?? '' });
    expect((await deliverLogout(stack.origins.shop, own)).status).toBe(200);
    expect((await deliverLogout(stack.origins.shop, own)).status).toBe(400);
  });
});

const refused: readonly (readonly [string, (token: string) => Outgoing])[] = [
  ['a GET', () => ({ method: 'GET', form: new URLSearchParams() })],
  [
    'JSON',
    (token) => ({
      body: JSON.stringify({ logout_token: token }),
      headers: { 'content-type': 'application/json' },
    }),
  ],
  ['a body of 1 MB', (token) => ({ headers: FORM, body: `logout_token=${token}&x=${'x'.repeat(900_000)}` })],
  ['a browser’s origin', () => ({ headers: { origin: 'https://attacker.example' } })],
  ['the site’s own page', () => ({ headers: { 'sec-fetch-site': 'same-origin' } })],
  ['two tokens', (token) => ({ headers: FORM, body: `logout_token=${token}&logout_token=${token}` })],
  ['no token', () => ({ form: new URLSearchParams({ token: 'x' }) })],
  [
    'a token that was cut off',
    (token) => ({ form: new URLSearchParams({ logout_token: token.slice(0, -4) }) }),
  ],
];

test.describe('B-04 a request that is no back-channel logout is refused and ends nothing:', () => {
  for (const [what, change] of refused) {
    test(what, async ({ stack }) => {
      const jar = await signedIn(stack, 'ada');
      const { claims } = await (await sessionsOf(stack, 'shop')).require(jar);
      const token = await logoutTokenFor(stack, 'shop', { sid: claims.sid ?? '' });
      const { status } = await deliverLogout(stack.origins.shop, token, change(token));
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(await lookAround(stack, jar)).toEqual(ALIVE);
    });
  }
});
