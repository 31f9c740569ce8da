import { createCookieJar } from './cookie-jar.ts';
import { sessionsOf } from './sealed-session.ts';
import { send } from './send.ts';
import type { EstateFacts } from './shared-estate.ts';
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
  estate: EstateFacts,
  work: () => Promise<void>,
  parallel = 2,
): Promise<LoadReport> {
  const report = { logins: 0, failures: [] as string[] };
  const state = { over: false };
  const loops = Array.from({ length: parallel }, () => logInUntil(estate, state, report));
  await work().finally(() => (state.over = true));
  await Promise.all(loops);
  return report;
}

async function logInUntil(
  estate: EstateFacts,
  state: { readonly over: boolean },
  report: { logins: number; failures: string[] },
): Promise<void> {
  const jar = createCookieJar();
  const sessions = await sessionsOf(estate, 'shop');
  await signInOverHttp(jar, estate, 'shop', 'ada');
  /* oxlint-disable no-await-in-loop -- one login after the other */
  while (!state.over) {
    const { status } = await signInAgain(jar, estate, 'shop').catch((error: Error) => ({
      status: error.message,
    }));
    if (status !== 303) report.failures.push(`login: ${status}`);
    const { accessToken } = await sessions.require(jar);
    const headers = { authorization: `Bearer ${accessToken}` };
    const api = await send(`${estate.origins.shop}/api/products`, { headers });
    if (api.status !== 200) report.failures.push(`API: ${api.status}`);
    report.logins += 1;
  }
  /* oxlint-enable no-await-in-loop */
}
