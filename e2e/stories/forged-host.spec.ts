import { expect, test } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar } from '../support/cookie-jar.ts';
import { bytesOf, sendBytes, sendBytesTo, statusOf } from '../support/raw-socket.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { callbackOfLogin, NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

const EVIL = 'attacker.example';
const lines = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

/** What an attacker adds to a request to be taken for another host, scheme or address. */
const forgeries: readonly (readonly [string, readonly string[]])[] = [
  ['X-Forwarded-Host', [`X-Forwarded-Host: ${EVIL}`]],
  ['X-Forwarded-Proto', ['X-Forwarded-Proto: http', 'X-Forwarded-Scheme: http', 'X-Forwarded-Ssl: off']],
  ['X-Forwarded-Port', ['X-Forwarded-Port: 1']],
  ['X-Forwarded-For', ['X-Forwarded-For: 127.0.0.1', 'X-Real-IP: 127.0.0.1']],
  ['Forwarded', [`Forwarded: for=127.0.0.1;host=${EVIL};proto=http`]],
  ['all of them', [`X-Forwarded-Host: ${EVIL}`, 'X-Forwarded-Proto: http', `Forwarded: host=${EVIL}`]],
  ['X-Original-URL', ['X-Original-URL: /', 'X-Rewrite-URL: /', `X-Host: ${EVIL}`]],
];

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly cookies: readonly string[];
}

type Way = (stack: StackInfo, bytes: string) => Promise<string>;

const ways: readonly (readonly [string, Way])[] = [
  ['through Caddy', ({ origins }, bytes) => sendBytesTo(origins.shop, bytes)],
  ['past Caddy', ({ ports }, bytes) => sendBytes(ports.shop, bytes)],
];

function read(answer: string): Answer {
  const [head = ''] = answer.split('\r\n\r\n');
  const values = (name: string) =>
    [...head.matchAll(new RegExp(`^${name}: (.*?)\\r?$`, 'gim'))].map(([, value = '']) => value);
  return { status: statusOf(answer), location: values('location')[0] ?? '', cookies: values('set-cookie') };
}

/** Every cookie is the host's own, and no plain connection carries it. */
function expectOwnCookies({ cookies }: Answer): void {
  for (const line of cookies) {
    expect(line).toMatch(/^__Host-/);
    expect(line).toMatch(/;\s*secure/i);
    expect(line).not.toMatch(/domain=/i);
  }
}

const cookieLine = (jar: CookieJar, origin: string) => `Cookie: ${jar.header(origin)}`;

/** Asks the shop, with the forged lines added. */
type Ask = (line: string, headers?: readonly string[]) => Promise<Answer>;

async function expectOwnLogin({ origins: { shop, idp } }: StackInfo, ask: Ask): Promise<void> {
  const login = await ask('GET /auth/login?return_to=%2Fmembers');
  expect(login.status).toBe(303);
  const asked = new URL(login.location);
  expect(asked.origin).toBe(idp);
  expect(asked.searchParams.get('redirect_uri')).toBe(`${shop}/auth/callback`);
  expectOwnCookies(login);
}

async function expectOwnCallback(stack: StackInfo, ask: Ask): Promise<void> {
  const { shop } = stack.origins;
  const jar = createCookieJar();
  const { pathname, search } = new URL(
    await callbackOfLogin(jar, stack, `${shop}/auth/login?return_to=%2Fmembers`, 'ada'),
  );
  const callback = await ask(`GET ${pathname}${search}`, [cookieLine(jar, shop)]);
  expect(callback).toMatchObject({ status: 303, location: `${shop}/members` });
  expect(callback.cookies.some((line) => line.startsWith('__Host-session='))).toBe(true);
  expectOwnCookies(callback);
}

async function expectOwnGuard({ origins: { shop } }: StackInfo, ask: Ask): Promise<void> {
  const guard = await ask('GET /members', ['Sec-Purpose: prefetch']);
  expect(guard.status).toBe(307);
  expect(new URL(guard.location, shop).href).toBe(`${shop}/auth/login?return_to=%2Fmembers`);
}

async function expectOwnLogout(stack: StackInfo, ask: Ask): Promise<void> {
  const { shop, idp } = stack.origins;
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  const from = (origin: string) =>
    ask('POST /auth/logout', [cookieLine(jar, shop), `Origin: ${origin}`, 'Content-Length: 0']);
  expect((await from(`https://${EVIL}`)).status).toBe(403);
  const logout = await from(shop);
  expect(logout.status).toBe(303);
  const left = new URL(logout.location);
  expect(left.origin).toBe(idp);
  expect(left.searchParams.get('post_logout_redirect_uri')).toBe(`${shop}/auth/logged-out`);
  expectOwnCookies(logout);
}

for (const [how, way] of ways) {
  test.describe(`X-09 ${how}, an address is ours whatever a request says of itself:`, () => {
    for (const [what, forged] of forgeries) {
      test(what, async ({ stack }) => {
        const { host } = new URL(stack.origins.shop);
        const ask: Ask = async (line, headers = []) =>
          read(
            await way(stack, bytesOf({ line, host, headers: [...lines(NAVIGATION), ...headers, ...forged] })),
          );
        await expectOwnLogin(stack, ask);
        await expectOwnCallback(stack, ask);
        await expectOwnGuard(stack, ask);
        await expectOwnLogout(stack, ask);
      });
    }
  });
}

test('X-09 two Hosts are refused, through Caddy and past it', async ({ stack }) => {
  const { host } = new URL(stack.origins.shop);
  for (const [first, second] of [
    [host, EVIL],
    [EVIL, host],
    [host, host],
  ] as const) {
    const bytes = bytesOf({ line: 'GET /auth/login', host: first, headers: [`Host: ${second}`] });
    for (const [how, way] of ways) {
      const answer = read(await way(stack, bytes));
      expect(answer.status === 400 || answer.location.startsWith(`${stack.origins.idp}/`), how).toBe(true);
      expect(answer.location, how).not.toContain(EVIL);
    }
  }
});

test('X-09 a foreign Host on the shop’s own port changes no address, and Caddy knows none', async ({
  stack,
}) => {
  const { shop, idp } = stack.origins;
  const bytes = bytesOf({ line: 'GET /auth/login', host: EVIL, headers: lines(NAVIGATION) });
  expect(statusOf(await sendBytesTo(shop, bytes))).toBe(421);
  const past = read(await sendBytes(stack.ports.shop, bytes));
  expect(new URL(past.location).origin).toBe(idp);
  expect(new URL(past.location).searchParams.get('redirect_uri')).toBe(`${shop}/auth/callback`);
});
