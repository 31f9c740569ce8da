import { expect } from '@playwright/test';
import type { Stack } from '@sso/dev';
import { type CookieJar, createCookieJar, visit } from './cookie-jar.ts';
import { boundOf } from './patience.ts';
import { SESSION } from './sealed-session.ts';
import type { StackInfo } from './shared-stack.ts';
import { NAVIGATION, signInOverHttp } from './sign-in-over-http.ts';
import { countRows } from './site-database.ts';

/** G16: how long after the shop was started again somebody can sign in. */
const RECOVERY_MILLISECONDS = 5000;

/** A shop that is about to be killed, and somebody who uses it. */
export interface CrashScenario {
  readonly stack: StackInfo;
  readonly running: Stack;
  readonly shop: string;
  /** Signed in when the scenario begins. */
  readonly jar: CookieJar;
}

/** As a person opens a page. */
export const open = (jar: CookieJar, url: string) => visit(jar, url, { headers: NAVIGATION });
export const isSignedIn = async (jar: CookieJar, shop: string) =>
  (await open(jar, `${shop}/members`)).status === 200;

/** A browser that Ada signed in with. */
export async function signedIn(stack: StackInfo): Promise<CookieJar> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  return jar;
}

/** A browser that holds a copy of the session's cookie only. */
export function copySession({ jar, shop }: CrashScenario): CookieJar {
  const copy = createCookieJar();
  copy.put(shop, SESSION, jar.find(shop, SESSION));
  return copy;
}

/** Resolves once the shop has written one more row to a table. */
export async function waitForNewRow(
  { stack }: CrashScenario,
  table: 'spent' | 'revocations',
  before: number,
): Promise<void> {
  await expect.poll(() => countRows(stack, 'shop', table), { intervals: [2] }).toBeGreaterThan(before);
}

/** Kills the shop, starts it again, and expects that somebody can sign in soon after. */
export async function crashAndRestart({ stack, running }: CrashScenario): Promise<void> {
  await running.stop('shop', 'SIGKILL');
  await running.restart('shop');
  const began = Date.now();
  await signedIn(stack);
  expect(Date.now() - began).toBeLessThan(await boundOf(RECOVERY_MILLISECONDS, stack));
}

/** Kills the shop while it waits for the provider's answer, which then finds no site to arrive at. */
export async function crashBeforeAnswer(scene: CrashScenario, ask: () => Promise<Response>): Promise<void> {
  const { running, stack } = scene;
  const before = countRows(stack, 'shop', 'spent');
  running.signal('idp', 'SIGSTOP');
  const lost = ask().catch(() => undefined);
  try {
    await waitForNewRow(scene, 'spent', before);
    await running.stop('shop', 'SIGKILL');
  } finally {
    running.signal('idp', 'SIGCONT');
  }
  await crashAndRestart(scene);
  await lost;
}
