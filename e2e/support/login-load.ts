import { createCookieJar } from './cookie-jar.ts';
import { sessionsOf } from './sealed-session.ts';
import { send } from './send.ts';
import type { StackInfo } from './shared-stack.ts';
import { signInAgain, signInOverHttp } from './sign-in-over-http.ts';

/** What became of the logins of a load. */
export interface LoadReport {
  readonly logins: number;
  /** How each failed, in a few words without secrets. */
  readonly failures: readonly string[];
}

/**
 * Signs one person in at the shop again and again, and shows each new access token to the shop's API, until `work`
 * is done.
 */
export async function underLogins(
  stack: StackInfo,
  work: () => Promise<void>,
  parallel = 2,
): Promise<LoadReport> {
  const report = { logins: 0, failures: [] as string[] };
  const state = { over: false };
  const loops = Array.from({ length: parallel }, () => logInUntil(stack, state, report));
  await work().finally(() => (state.over = true));
  await Promise.all(loops);
  return report;
}

async function logInUntil(
  stack: StackInfo,
  state: { readonly over: boolean },
  report: { logins: number; failures: string[] },
): Promise<void> {
  const jar = createCookieJar();
  const sessions = await sessionsOf(stack, 'shop');
  await signInOverHttp(jar, stack, 'shop', 'ada');
  while (!state.over) {
    const { status } = await signInAgain(jar, stack, 'shop').catch((error: Error) => ({
      status: error.message,
    }));
    if (status !== 303) report.failures.push(`login: ${status}`);
    const { accessToken } = await sessions.require(jar);
    const headers = { authorization: `Bearer ${accessToken}` };
    const api = await send(`${stack.origins.shop}/api/products`, { headers });
    if (api.status !== 200) report.failures.push(`API: ${api.status}`);
    report.logins += 1;
  }
}
