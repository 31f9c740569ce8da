import { AuthError } from '@sso/auth';
import { describe, expect, it } from 'vitest';
import { createShopOrders } from './shop-orders.ts';

const order = {
  id: '094C',
  url: 'https://shop.example/orders/094C',
  status: 'placed',
  placedAt: '2026-11-27T12:00:00.000Z',
  person: 'sub-ben',
  memberPrices: false,
  lines: [{ slug: 'flask', name: 'Flask', quantity: 2, unitPrice: { amount: 1900, currency: 'EUR' } }],
  total: { amount: 3800, currency: 'EUR' },
};

function ordersOf(answer: () => Promise<Response>) {
  const calls: { readonly url: string; readonly init: RequestInit }[] = [];
  const orders = createShopOrders('https://shop.example', (url, init) => {
    calls.push({ url, init });
    return answer();
  });
  return { orders, calls };
}

const problem = (status: number, body: object) => async () => Response.json(body, { status });

describe('the shop’s orders, asked from the blog', () => {
  it('are a page of everybody’s, and whether there is more', async () => {
    const { orders, calls } = ordersOf(async () =>
      Response.json({ orders: [order], next: 'https://shop.example/api/orders?all=true&before=094C' }),
    );
    await expect(orders.list('100D')).resolves.toMatchObject({
      state: 'answered',
      value: { hasMore: true, orders: [{ id: '094C' }] },
    });
    expect(calls[0]?.url).toBe('https://shop.example/api/orders?all=true&limit=25&before=100D');
  });

  it('are refunded by a POST with the reason, under an id that can’t leave the path', async () => {
    const { orders, calls } = ordersOf(async () =>
      Response.json({ order: { ...order, status: 'refunded' } }),
    );
    await orders.refund('../products', 'Arrived broken');
    expect(calls[0]?.url).toBe('https://shop.example/api/orders/..%2Fproducts/refund');
    expect(calls[0]?.init).toMatchObject({ method: 'POST', body: '{"reason":"Arrived broken"}' });
  });

  it.each<[what: string, answer: () => Promise<Response>, expected: object]>([
    [
      'a challenge for a fresh sign-in',
      problem(401, { error: 'insufficient_user_authentication', max_age: 300 }),
      { state: 'step-up', maxAgeSeconds: 300 },
    ],
    [
      'a permission that is missing',
      problem(403, { error: 'insufficient_scope', scope: 'shop:orders.refund' }),
      { state: 'forbidden', permission: 'shop:orders.refund' },
    ],
    ['a token that counts no more', problem(401, { error: 'invalid_token' }), { state: 'forbidden' }],
    ['an order that is not there', problem(404, { error: 'order_unknown' }), { state: 'unknown' }],
    [
      'an order that was refunded',
      problem(409, { error: 'already_refunded' }),
      { state: 'conflict', error: 'already_refunded' },
    ],
    ['a database that is away', problem(503, { error: 'temporarily_unavailable' }), { state: 'unavailable' }],
    [
      'a page in place of JSON',
      async () => new Response('<html>', { status: 200 }),
      { state: 'unavailable' },
    ],
    ['an answer of another shape', async () => Response.json({ order: {} }), { state: 'unavailable' }],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), { state: 'unavailable' }],
    [
      'a provider that gives no token',
      () => Promise.reject(new AuthError('token_exchange_rejected', 'no')),
      { state: 'forbidden', permission: undefined },
    ],
    [
      'a provider that is away',
      () => Promise.reject(new AuthError('provider_unavailable', 'no', { transient: true })),
      { state: 'unavailable' },
    ],
  ])('tell apart %s', async (_what, answer, expected) => {
    await expect(ordersOf(answer).orders.refund('094C', 'x')).resolves.toMatchObject(expected);
  });
});
