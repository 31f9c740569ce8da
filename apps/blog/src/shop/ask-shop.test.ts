import { AuthError } from '@sso/auth';
import { describe, expect, it } from 'vitest';
import { askShop } from './ask-shop.ts';
import { productNameFromSlug } from './product-name-from-slug.ts';

const flask = {
  slug: 'flask',
  name: 'Flask',
  url: 'https://shop.example/products/flask',
  price: { amount: 3400, currency: 'EUR' },
  stock: 2,
};
const memberPrice = { amount: 2800, currency: 'EUR' };

const ask = (fetch: (url: string, init: RequestInit) => Promise<Response>) =>
  askShop({ shopUrl: 'https://shop.example', slugs: ['flask', 'tripod'], fetch });

describe('the request to the shop', () => {
  it('names the products, has a time limit, and takes what the post shows of the answer', async () => {
    const asked: { url: string; limited: boolean }[] = [];
    const answer = await ask(async (url, { signal }) => {
      asked.push({ url, limited: signal instanceof AbortSignal });
      return Response.json({ products: [{ ...flask, memberPrice, kind: 'Comfort' }] });
    });
    expect(asked).toEqual([
      { url: 'https://shop.example/api/products?slug=flask&slug=tripod', limited: true },
    ]);
    expect(answer).toEqual({ state: 'answered', products: [{ ...flask, memberPrice }] });
  });

  it('is answered without a member price for whoever may not see it', async () => {
    await expect(ask(async () => Response.json({ products: [flask] }))).resolves.toEqual({
      state: 'answered',
      products: [flask],
    });
  });

  it.each<[string, () => Promise<Response>, string]>([
    ['the shop is down', () => Promise.reject(new TypeError('fetch failed')), 'shop-unavailable'],
    [
      'the shop is slow',
      () => Promise.reject(new DOMException('too slow', 'TimeoutError')),
      'shop-unavailable',
    ],
    ['the shop has an error', async () => new Response('no', { status: 500 }), 'shop-unavailable'],
    ['the shop answers HTML', async () => new Response('<p>hello</p>'), 'shop-unavailable'],
    [
      'the shop answers odd prices',
      async () => Response.json({ products: [{ ...flask, price: 34 }] }),
      'shop-unavailable',
    ],
    ['the token is refused', async () => new Response(null, { status: 401 }), 'refused'],
    ['the permission is gone', async () => new Response(null, { status: 403 }), 'refused'],
    [
      'the provider is down',
      () => Promise.reject(new AuthError('provider_unavailable', 'no answer', { transient: true })),
      'provider-unavailable',
    ],
    [
      'the sign-on session has ended',
      () => Promise.reject(new AuthError('token_exchange_rejected', 'invalid_grant')),
      'refused',
    ],
  ])('F-02 leaves the post readable when %s', async (_what, fetch, state) => {
    await expect(ask(fetch)).resolves.toEqual({ state });
  });
});

it('a product that nobody can be asked about is named after its slug', () => {
  expect(productNameFromSlug('binoculars-10x50')).toBe('Binoculars 10x50');
});
