import { logLine } from '@sso/site/log';
import { deps } from '../deps.ts';
import { createProductsApi } from './products-api.ts';

/** The products API of this process, wired to the shop's database and verifier. */
export function productsApi() {
  const { resource, database, env } = deps();
  return createProductsApi({ resource, database, baseUrl: env.BASE_URL, observe: logLine });
}
