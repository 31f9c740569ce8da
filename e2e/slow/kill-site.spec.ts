import { withOwnStack } from '../fixtures/own-stack.ts';
import { expect } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, visit } from '../support/cookie-jar.ts';
import {
  copySession,
  crashAndRestart,
  crashBeforeAnswer,
  isSignedIn,
  open,
  type CrashScenario,
  waitForNewRow,
  signedIn,
} from '../support/crash-scenario.ts';
import { deliverLogout, logoutTokenFor } from '../support/logout-token.ts';
import { providerEvents } from '../support/provider-events.ts';
import { makeDue, sessionsOf } from '../support/sealed-session.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { callbackOfLogin } from '../support/sign-in-over-http.ts';
import { countRows } from '../support/site-database.ts';

const ROUNDS = 4;

const test = withOwnStack({ name: 'e2e-kill-site' });
test.describe.configure({ mode: 'default' });

/** The person loads the callback again: a session, or a page that leads to one without a form. */
async function expectWayOn(scene: CrashScenario, jar: CookieJar, callback: string): Promise<void> {
  const again = await open(jar, callback);
  expect(again.status).toBeLessThan(500);
  if (again.status !== 303) expect(await again.text()).toContain('/auth/login');
  const form = await callbackOfNextLogin(scene, jar);
  expect((await open(jar, form)).status).toBe(303);
  expect(await isSignedIn(jar, scene.shop)).toBe(true);
}

/** The sign-on session answers at once. */
async function callbackOfNextLogin({ shop, stack }: CrashScenario, jar: CookieJar): Promise<string> {
  const login = await open(jar, `${shop}/auth/login?return_to=%2Fmembers`);
  const authorize = login.headers.get('location') ?? '';
  expect(new URL(authorize).origin).toBe(stack.origins.idp);
  return new URL((await open(jar, authorize)).headers.get('location') ?? '').href;
}

const scenes: readonly (readonly [string, (scene: CrashScenario) => Promise<void>])[] = [
  [
    'before a code is redeemed',
    async (scene) => {
      const jar = createCookieJar();
      const callback = await callbackOfLogin(jar, scene.stack, `${scene.shop}/auth/login`, 'ada');
      await crashAndRestart(scene);
      expect((await open(jar, callback)).status).toBe(303);
      expect(await isSignedIn(jar, scene.shop)).toBe(true);
    },
  ],
  [
    'while a code is redeemed',
    async (scene) => {
      const jar = createCookieJar();
      const callback = await callbackOfLogin(jar, scene.stack, `${scene.shop}/auth/login`, 'ada');
      await crashBeforeAnswer(scene, () => open(jar, callback));
      await expectWayOn(scene, jar, callback);
    },
  ],
  [
    'after a code was redeemed',
    async (scene) => {
      const jar = createCookieJar();
      const callback = await callbackOfLogin(jar, scene.stack, `${scene.shop}/auth/login`, 'ada');
      expect((await open(jar, callback)).status).toBe(303);
      await crashAndRestart(scene);
      expect(await isSignedIn(jar, scene.shop)).toBe(true);
      await expectWayOn(scene, jar, callback);
    },
  ],
  [
    'while a session is renewed',
    async (scene) => {
      await makeDue(await sessionsOf(scene.stack, 'shop'), scene.jar, scene.shop);
      const copy = copySession(scene);
      await crashBeforeAnswer(scene, () => open(copy, `${scene.shop}/members`));
      expect(await isSignedIn(scene.jar, scene.shop)).toBe(true);
    },
  ],
  ['as a logout token comes', (scene) => crashAtLogoutToken(scene, async () => {})],
  [
    'while a logout token is worked on',
    (scene) => {
      const before = countRows(scene.stack, 'shop', 'spent');
      return crashAtLogoutToken(scene, () => waitForNewRow(scene, 'spent', before));
    },
  ],
  [
    'after a logout token was taken',
    async (scene) => {
      const answer = await deliverLogout(scene.shop, await tokenOf(scene));
      expect(answer.status).toBe(200);
      await crashAndRestart(scene);
      expect(await isSignedIn(copySession(scene), scene.shop)).toBe(false);
    },
  ],
  [
    'as somebody signs out',
    async (scene) => {
      const copy = copySession(scene);
      const lost = signOut(scene).catch(() => undefined);
      await crashAndRestart(scene);
      // A person who got no answer presses the button again.
      if ((await lost)?.status !== 303) await signOut(scene);
      expect(await isSignedIn(copy, scene.shop)).toBe(false);
    },
  ],
  [
    'while somebody is being signed out',
    async (scene) => {
      const copy = copySession(scene);
      const before = countRows(scene.stack, 'shop', 'revocations');
      const lost = signOut(scene).catch(() => undefined);
      await waitForNewRow(scene, 'revocations', before);
      await crashAndRestart(scene);
      await lost;
      expect(await isSignedIn(copy, scene.shop)).toBe(false);
    },
  ],
];

const signOut = ({ jar, shop }: CrashScenario) =>
  visit(jar, `${shop}/auth/logout`, { method: 'POST', headers: { origin: shop } });

async function tokenOf({ stack, jar }: CrashScenario): Promise<string> {
  const { claims } = await (await sessionsOf(stack, 'shop')).require(jar);
  return logoutTokenFor(stack, 'shop', { sid: claims.sid ?? '' });
}

/** The provider sends an unanswered logout token again. Whatever the shop answers then, the session has ended. */
async function crashAtLogoutToken(scene: CrashScenario, moment: () => Promise<void>): Promise<void> {
  const token = await tokenOf(scene);
  const lost = deliverLogout(scene.shop, token).catch(() => undefined);
  await moment();
  await crashAndRestart(scene);
  if ((await lost)?.status !== 200) {
    const { status } = await deliverLogout(scene.shop, token);
    expect([200, 400]).toContain(status);
  }
  expect(await isSignedIn(copySession(scene), scene.shop)).toBe(false);
}

/** Each code gave tokens once, and none was sent a second time. */
async function expectCodesSpentOnce(stack: StackInfo): Promise<void> {
  const events = await providerEvents(stack);
  expect(events.filter(({ type }) => type === 'code.replayed')).toEqual([]);
  const grants = events.filter(({ type }) => type === 'code.consumed').map(({ grantId }) => grantId);
  expect(new Set(grants).size).toBe(grants.length);
}

for (const [moment, play] of scenes) {
  test(`F-09 G16 the shop is killed ${moment}, ${ROUNDS} times`, async ({ stack, running }) => {
    const { shop } = stack.origins;
    const bystander = await signedIn(stack);
    for (let round = 0; round < ROUNDS; round += 1) {
      await play({ stack, running, shop, jar: await signedIn(stack) });
      expect(await isSignedIn(bystander, shop)).toBe(true);
    }
    await expectCodesSpentOnce(stack);
  });
}
