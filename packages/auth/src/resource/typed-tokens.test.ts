import { describe, expectTypeOf, it } from 'vitest';
import { defineAccess } from '../access/index.ts';
import { type AccessToken, createResourceServer } from './index.ts';

const shop = 'https://shop.example/api';
const blog = 'https://blog.example/api';
const access = defineAccess({
  audiences: {
    [shop]: { title: 'Shop', permissions: { 'shop:read': 'Read' } },
    [blog]: { title: 'Blog', permissions: { 'blog:read': 'Read' } },
  },
  roles: {},
});
const shopApi = createResourceServer({ issuer: 'https://id.example', audience: shop, access });
const blogApi = createResourceServer({ issuer: 'https://id.example', audience: blog, access });
type ShopToken = Awaited<ReturnType<typeof shopApi.authenticate>>;
type BlogToken = Awaited<ReturnType<typeof blogApi.authenticate>>;

// These hold while `tsc` passes: what must not compile says so, and is then an error where it does.
describe('a verified token', () => {
  it('T-17 has its audience in its type: one of another API is of another type', () => {
    expectTypeOf<ShopToken['aud']>().toEqualTypeOf<typeof shop>();
    expectTypeOf<ShopToken>().not.toExtend<BlogToken>();
    // The audience alone tells them apart, too.
    expectTypeOf<AccessToken<'read', typeof shop>>().not.toExtend<AccessToken<'read', typeof blog>>();
  });

  it('pain 16: is asked for permissions of its own API only', () => {
    expectTypeOf<Parameters<ShopToken['can']>>().toEqualTypeOf<['shop:read']>();
    // @ts-expect-error a permission of another API
    shopApi.guard(() => new Response(), { permission: 'blog:read' });
    // @ts-expect-error a typo
    shopApi.guard(() => new Response(), { permission: 'shop:raed' });
  });

  it('of an API without a contract is a token of some audience', () => {
    const free = createResourceServer({ issuer: 'https://id.example', audience: shop });
    expectTypeOf<Awaited<ReturnType<typeof free.authenticate>>['aud']>().toExtend<string>();
  });
});
