import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { access, apps } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import { openShopDatabase } from '../database/database.ts';
import { placeOrder } from '../orders/place-order.ts';
import { refundOrder } from '../orders/refund-order.ts';
import { createProductsApi } from './products-api.ts';

const audience = apps.shop.audience;
const baseUrl = 'https://shop.example';
const issuer = await createTestIssuer({ audience });
const database = await openShopDatabase(':memory:');
const api = createProductsApi({
  resource: createResourceServer({
    issuer: issuer.issuer,
    audience,
    access,
    fetch: issuer.fetch,
    clock: issuer.clock,
  }),
  database: async () => database,
  baseUrl,
  observe: () => undefined,
});

const request = (authorization?: string, query = '') =>
  new Request(`${baseUrl}/api/products${query}`, authorization ? { headers: { authorization } } : {});

const bearerOf = async (permissions: readonly string[], claims = {}) =>
  `Bearer ${await issuer.accessToken({ permissions, ...claims })}`;

const reader = ['shop:products.read'];
const member = ['shop:products.read', 'shop:prices.member'];

describe("the shop's API allows", () => {
  it.each([
    ['a reader', reader, false],
    ['a member', member, true],
    ['somebody with a permission it does not know', [...reader, 'shop:everything'], false],
  ])('%s to list products with their own view', async (_who, permissions, seesMemberPrice) => {
    const response = await api.list(request(await bearerOf(permissions)));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const text = await response.text();
    expect(text.includes('memberPrice')).toBe(seesMemberPrice);
    expect(text).toContain('"slug":"red-headlamp"');
  });

  it('a member to see the price that is in its database, and the address of the page', async () => {
    const response = await api.show(request(await bearerOf(member)), 'red-headlamp');
    await expect(response.json()).resolves.toMatchObject({
      product: {
        price: { amount: 4900, currency: 'EUR' },
        memberPrice: { amount: 3900, currency: 'EUR' },
        stock: 23,
        url: `${baseUrl}/products/red-headlamp`,
      },
    });
  });

  it('a question about some products only', async () => {
    const response = await api.list(request(await bearerOf(reader), '?slug=flask&slug=tripod&slug=nothing'));
    await expect(response.json()).resolves.toMatchObject({
      products: [{ slug: 'tripod' }, { slug: 'flask' }],
    });
  });
});

const orderedBy = async (sub: string, permissions: readonly string[]) => {
  const response = await api.list(request(await bearerOf(permissions, { sub }), '?slug=flask&slug=tripod'));
  const { products }: { products: { slug: string; ordered?: boolean }[] } = await response.json();
  return Object.fromEntries(products.map(({ slug, ordered }) => [slug, ordered]));
};

describe('whether a person has ordered a product', () => {
  const buyer = { sub: 'ada', seesMemberPrices: false, now: 1_800_000_000 };

  it('is told to them until it is refunded, and to nobody else', async () => {
    const lines = [{ slug: 'flask', quantity: 1 }];
    const { order } = await placeOrder(database, { ...buyer, idempotencyKey: 'one' }, lines);
    const mayRead = [...reader, 'shop:orders.read'];
    expect(await orderedBy('ada', mayRead)).toEqual({ flask: true, tripod: false });
    expect(await orderedBy('ben', mayRead)).toEqual({ flask: false, tripod: false });
    expect(await orderedBy('ada', reader)).toEqual({ flask: undefined, tripod: undefined });
    await refundOrder(database, order.id, { at: buyer.now, by: 'sol', through: 'shop', reason: 'Broken' });
    expect(await orderedBy('ada', mayRead)).toEqual({ flask: false, tripod: false });
  });
});

describe("the shop's API refuses", () => {
  it.each([
    ['T-32 nothing', async () => undefined, 401, undefined],
    ['T-33 another scheme', async () => `Basic ${await issuer.accessToken()}`, 401, undefined],
    ['T-13 an ID token', async () => `Bearer ${await issuer.idToken()}`, 401, 'invalid_token'],
    ["T-17 the blog's own token", () => bearerOf(member, { aud: apps.blog.audience }), 401, 'invalid_token'],
    ['T-16 a token for two', () => bearerOf(member, { aud: [audience, 'x'] }), 401, 'invalid_token'],
    ['T-20 an ended token', () => bearerOf(member, { exp: issuer.clock() - 31 }), 401, 'invalid_token'],
    ['a token without permissions', () => bearerOf([]), 403, 'insufficient_scope'],
    ['the price alone', () => bearerOf(['shop:prices.member']), 403, 'insufficient_scope'],
  ])('%s', async (_what, authorization, status, error) => {
    const header = await authorization();
    for (const response of [await api.list(request(header)), await api.show(request(header), 'flask')]) {
      expect(response.status).toBe(status);
      const challenge = response.headers.get('www-authenticate') ?? '';
      expect(challenge).toMatch(/^Bearer /);
      expect(/error="(\w+)"/.exec(challenge)?.[1]).toBe(error);
      await expect(response.text()).resolves.not.toContain('amount');
    }
  });

  it('T-34 a token in the query string', async () => {
    const token = await issuer.accessToken({ permissions: member });
    const response = await api.list(request(undefined, `?access_token=${token}`));
    expect(response.status).toBe(401);
  });

  it.each(['nothing', '__proto__', "'; drop table products; --", '%00', ''])(
    'a product that is not there: %j',
    async (slug) => {
      const response = await api.show(request(await bearerOf(member)), slug);
      expect(response.status).toBe(404);
    },
  );
});
