import type { Permission } from '@sso/domains';
import {
  get,
  open,
  outcomeOfCall,
  requireFields,
  sendForm,
  testAccessCells,
  type Trier,
  type Tries,
} from '../fixtures/access-cells.ts';
import { bearer } from '../support/bearer.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { findForm, sendAction } from '../support/server-action.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { placeOrderAs, postOrder } from '../support/shop-orders.ts';
import { signInOverHttp } from '../support/sign-in-over-http.ts';

type ShopPermission = Extract<Permission, `shop:${string}`>;

const tries: Readonly<Record<ShopPermission, Tries>> = {
  'shop:products.read': { api: get('/api/products'), page: open('/') },
  'shop:prices.member': {
    api: get('/api/products/red-headlamp', /memberPrice/),
    page: open('/products/red-headlamp', /Member price(?!s)/),
  },
  'shop:orders.create': {
    api: ({ stack, token }) => postOrder(stack, token, 'planisphere').then(outcomeOfCall),
    page: async (trier) => {
      await fillCart(trier);
      return open('/cart', /name="shown"/)(trier);
    },
    action: async (trier) => {
      await fillCart(trier);
      return sendForm(trier, '/cart', await buyersForm(trier.stack));
    },
  },
  'shop:orders.read': { api: get('/api/orders'), page: open('/orders') },
  'shop:orders.read-any': { api: get('/api/orders?all=true'), page: open('/support') },
  'shop:orders.refund': {
    api: async ({ stack, token }) => {
      const id = await placeOrderAs(stack, 'ben', 'planisphere');
      const response = await fetch(`${stack.origins.shop}/api/orders/${id}/refund`, {
        method: 'POST',
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'Arrived broken' }),
      });
      return outcomeOfCall(response);
    },
    page: async (trier) => {
      const id = await placeOrderAs(trier.stack, 'ben', 'planisphere');
      return open(`/orders/${id}`, /name="reason"/)(trier);
    },
    action: async (trier) => {
      const id = await placeOrderAs(trier.stack, 'ben', 'planisphere');
      const fields = await staffForm(trier.stack, id);
      fields.set('reason', 'Arrived broken');
      return sendForm(trier, `/orders/${id}`, fields);
    },
  },
};

// The list of products is open to all: the permission is asked of those who call the API.
testAccessCells({ site: 'shop', tries, openToAll: ['shop:products.read'] });

async function fillCart({ stack, jar }: Pick<Trier, 'stack' | 'jar'>): Promise<void> {
  const page = `${stack.origins.shop}/products/planisphere`;
  const form = await findForm(jar, page, 'quantity');
  if (form) await sendAction(jar, page, form.fields);
}

async function buyersForm(stack: StackInfo): Promise<URLSearchParams> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  await fillCart({ stack, jar });
  return requireFields(await findForm(jar, `${stack.origins.shop}/cart`, 'shown'));
}

async function staffForm(stack: StackInfo, id: string): Promise<URLSearchParams> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'sol');
  return requireFields(await findForm(jar, `${stack.origins.shop}/orders/${id}`, 'reason'));
}
