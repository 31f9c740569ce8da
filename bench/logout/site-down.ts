import { setTimeout as delay } from 'node:timers/promises';
import { startProvider } from './provider.ts';
import { startSite } from './sites.ts';
import { until } from './until.ts';

/** A site that is down at the sign-out: how long after its return it has heard. */
export async function measureSiteDown(seconds: number): Promise<string> {
  await using site = await startSite({ clientId: 'down' });
  await using provider = await startProvider([site.registration]);
  const browser = await provider.signIn([site.registration.clientId]);
  await site.stop();
  await browser.signOut();
  await delay(seconds * 1000);
  await site.start();
  const began = performance.now();
  await until(() => site.told.size === 1, 30);
  return `${((performance.now() - began) / 1000).toFixed(1)} s after it is back`;
}
