import { systemClock } from '@sso/auth';
import { logLine } from '@sso/site/log';
import { deps } from '../deps.ts';
import { createOrdersApi } from './orders-api.ts';

/** The orders API of this process, wired to the shop's database and verifier. */
export function ordersApi() {
  const { resource, database, env } = deps();
  return createOrdersApi({ resource, database, baseUrl: env.BASE_URL, clock: systemClock, observe: logLine });
}
