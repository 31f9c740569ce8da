import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, visit } from '../support/cookie-jar.ts';
import { underLogins } from '../support/login-load.ts';
import { boundOf } from '../support/patience.ts';
import { publishedKids, rotateKeys } from '../support/signing-keys.ts';
import { makeDue, SESSION, sessionsOf } from '../support/sealed-session.ts';
import { send } from '../support/send.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { callbackOfLogin, NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';

const test = withOwnStack({ name: 'e2e-faults' });
test.describe.configure({ mode: 'serial', timeout: 180_000 });

/** F-02: how long somebody waits for a clear answer, and F-03: how long after its return all is well. */
const PATIENCE_MILLISECONDS = 5000;

async function signedIn(stack: StackInfo): Promise<CookieJar> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  return jar;
}

async function timed<T>(work: Promise<T>): Promise<{ readonly result: T; readonly milliseconds: number }> {
  const began = performance.now();
  const result = await work;
  return { result, milliseconds: performance.now() - began };
}

const navigate = (url: string, jar: CookieJar = createCookieJar()) =>
  timed(visit(jar, url, { headers: NAVIGATION }));

/** Public pages, signed-in pages and a refresh, while the provider is down. */
async function expectSitesToGoOn(stack: StackInfo, jar: CookieJar): Promise<void> {
  const { shop, blog } = stack.origins;
  for (const url of [`${shop}/`, `${blog}/`, `${shop}/products/red-light`]) {
    const { result, milliseconds } = await navigate(url);
    expect([200, 404], url).toContain(result.status);
    expect(milliseconds, url).toBeLessThan(await boundOf(PATIENCE_MILLISECONDS, stack));
  }
  const members = await navigate(`${shop}/members`, jar);
  expect(members.result.status).toBe(200);
  expect(members.milliseconds).toBeLessThan(await boundOf(PATIENCE_MILLISECONDS, stack));
}

/** Its last answer speaks for the provider for a second. */
const expectClearRefusal = (stack: StackInfo) =>
  expect(() => expectRefusedNow(stack)).toPass({ intervals: [300] });

async function expectRefusedNow(stack: StackInfo): Promise<void> {
  const { result, milliseconds } = await navigate(`${stack.origins.shop}/auth/login?return_to=%2Fmembers`);
  const page = await result.text();
  expect(result.status).toBe(503);
  expect(milliseconds).toBeLessThan(await boundOf(PATIENCE_MILLISECONDS, stack));
  expect(page).toContain('Signing in is not possible right now');
  expect(page).toContain('/auth/login?return_to=%2Fmembers');
  expect(page).not.toMatch(/\bat .*\.(js|ts):\d+/);
}

/** A session whose refresh is due stays as it is, and so do its permissions. */
async function expectKept(stack: StackInfo, jar: CookieJar): Promise<void> {
  const sessions = await sessionsOf(stack, 'shop');
  const { id } = await makeDue(sessions, jar, stack.origins.shop);
  const { result, milliseconds } = await navigate(`${stack.origins.shop}/members`, jar);
  expect(result.status).toBe(200);
  expect(milliseconds).toBeLessThan(await boundOf(PATIENCE_MILLISECONDS, stack));
  expect((await sessions.require(jar)).id).toBe(id);
}

/** The refresh that was put off is made up for, and a new login works: all within five seconds. */
async function expectRecovery(stack: StackInfo, jar: CookieJar): Promise<void> {
  const began = performance.now();
  const sessions = await sessionsOf(stack, 'shop');
  await expect(async () => {
    await visit(jar, `${stack.origins.shop}/members`, { headers: NAVIGATION });
    const { refreshDueAt } = await sessions.require(jar);
    expect(refreshDueAt).toBeGreaterThan(Date.now() / 1000);
    await signedIn(stack);
  }).toPass({ intervals: [200] });
  expect(performance.now() - began).toBeLessThan(await boundOf(PATIENCE_MILLISECONDS + 1000, stack));
}

test('F-01, F-02, F-03: a provider that hangs', async ({ stack, running }) => {
  const jar = await signedIn(stack);
  running.signal('idp', 'SIGSTOP');
  try {
    await expectClearRefusal(stack);
    await expectSitesToGoOn(stack, jar);
    await expectKept(stack, jar);
  } finally {
    running.signal('idp', 'SIGCONT');
  }
  await expectRecovery(stack, jar);
});

test('F-01, F-02, F-03: a provider that was killed', async ({ stack, running }) => {
  const jar = await signedIn(stack);
  await running.stop('idp', 'SIGKILL');
  await expectClearRefusal(stack);
  await expectSitesToGoOn(stack, jar);
  await expectKept(stack, jar);
  await running.restart('idp');
  await expectRecovery(stack, jar);
});

test('F-01 F-02 F-03: a site that never saw the provider starts without it and finds it later', async ({
  stack,
  running,
}) => {
  const { accessToken } = await (await sessionsOf(stack, 'shop')).require(await signedIn(stack));
  const headers = { authorization: `Bearer ${accessToken}` };
  await running.stop('idp');
  await running.restart('shop');

  expect((await navigate(`${stack.origins.shop}/`)).result.status).toBe(200);
  await expectClearRefusal(stack);
  const away = await timed(send(`${stack.origins.shop}/api/products`, { headers }));
  expect(away.result.status).toBe(503);
  expect(away.result.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(away.milliseconds).toBeLessThan(await boundOf(2 * PATIENCE_MILLISECONDS, stack));

  await running.restart('idp');
  const began = performance.now();
  await expect(async () => {
    expect((await send(`${stack.origins.shop}/api/products`, { headers })).status).toBe(200);
    await signedIn(stack);
  }).toPass({ intervals: [200] });
  expect(performance.now() - began).toBeLessThan(await boundOf(PATIENCE_MILLISECONDS + 1000, stack));
});

test('F-12: a site that is started again keeps sessions and logins that are under way', async ({
  stack,
  running,
}) => {
  const { shop } = stack.origins;
  const jar = await signedIn(stack);
  const waiting = createCookieJar();
  const callback = await callbackOfLogin(waiting, stack, `${shop}/auth/login?return_to=%2Fmembers`, 'ada');

  await running.stop('shop', 'SIGKILL');
  await running.restart('shop');

  expect((await navigate(`${shop}/members`, jar)).result.status).toBe(200);
  expect((await navigate(callback, waiting)).result.headers.get('location')).toBe(`${shop}/members`);
  expect(waiting.find(shop, SESSION)).toBeDefined();
});

test('B-10, F-12: a session that was ended stays ended after that', async ({ stack, running }) => {
  const { shop } = stack.origins;
  const jar = await signedIn(stack);
  const copy = createCookieJar();
  copy.put(shop, SESSION, jar.find(shop, SESSION));
  await visit(jar, `${shop}/auth/logout`, { method: 'POST', headers: { origin: shop } });
  await running.restart('shop');
  expect((await navigate(`${shop}/members`, copy)).result.status).not.toBe(200);
});

test('pain 19, G12: keys are rotated under logins, and nobody notices', async ({ stack, running }) => {
  const before = await publishedKids(stack);
  const { logins, failures } = await underLogins(stack, async () => {
    for (let rotation = 0; rotation < 3; rotation += 1) {
      await rotateKeys(stack);
    }
  });
  expect(failures).toEqual([]);
  expect(logins).toBeGreaterThan(0);

  await running.restart('idp');
  const after = await underLogins(stack, async () => {
    expect(await publishedKids(stack)).not.toEqual(before);
  });
  expect(after.failures).toEqual([]);
});
