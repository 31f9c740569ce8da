import { apps } from '@sso/domains';
import { apiFetch } from '../auth.ts';
import { deps } from '../deps.ts';
import { createShopOrders } from './shop-orders.ts';

/** The shop's Orders API for whoever is signed in here: it decides by the token of that person. */
export function shopOrdersForSession(): ReturnType<typeof createShopOrders> {
  return createShopOrders(deps().env.SHOP_URL, (url, init) => apiFetch(apps.shop.audience, url, init));
}
