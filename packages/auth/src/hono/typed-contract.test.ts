import { Hono } from 'hono';
import { describe, expectTypeOf, it } from 'vitest';
import { defineAccess } from '../access/index.ts';
import { createRelyingParty } from '../client/index.ts';
import { randomId } from '../foundation/index.ts';
import type { SessionView } from '../session/index.ts';
import { createHonoAuth, type SessionVariables } from './index.ts';

const shop = 'https://shop.example/api';
const blog = 'https://blog.example/api';
const site = createRelyingParty({
  issuer: 'https://id.example',
  clientId: 'shop',
  baseUrl: 'https://shop.example',
  sessionKeys: [randomId(32)],
  audience: shop,
  access: defineAccess({
    audiences: {
      [shop]: { title: 'Shop', permissions: { 'shop:read': 'Read', 'shop:buy': 'Buy' } },
      [blog]: { title: 'Blog', permissions: { 'blog:read': 'Read' } },
    },
    roles: {},
  }),
});
type ShopPermission = 'shop:read' | 'shop:buy';

// These hold while `tsc` passes: what must not compile says so, and is then an error where it does.
describe('a Hono site with a contract', () => {
  const { middleware, requireSession, requirePermission } = createHonoAuth(site);

  it('pain 16: takes permissions of its own API only', () => {
    expectTypeOf(requirePermission).parameter(0).toEqualTypeOf<ShopPermission>();
    // @ts-expect-error a typo
    requirePermission('shop:raed');
    // @ts-expect-error a permission of another API
    requirePermission('blog:read');
  });

  it('types the session behind its middleware and its guards', () => {
    new Hono()
      .use(middleware)
      .get('/', (context) => {
        expectTypeOf(context.get('session')).toEqualTypeOf<SessionView<ShopPermission> | undefined>();
        // @ts-expect-error a typo
        return context.json(context.get('session')?.can('shop:raed'));
      })
      .get('/orders', requireSession(), (context) => {
        expectTypeOf(context.get('session').can).toEqualTypeOf<(permission: ShopPermission) => boolean>();
        return context.text(context.get('session').user.sub);
      });
  });

  it('names the audiences of its contract only', () => {
    new Hono().use(middleware).get('/posts', async (context) => {
      // @ts-expect-error a typo
      await context.get('tokenFor')('https://blgo.example/api');
      expectTypeOf(context.get('apiFetch')).parameter(0).toEqualTypeOf<typeof shop | typeof blog | null>();
      return context.get('apiFetch')(blog, 'https://blog.example/api/posts');
    });
  });

  it('has no variables without saying which permissions', () => {
    // @ts-expect-error both are wanted: a default would let any name through
    expectTypeOf<SessionVariables>();
    expectTypeOf<SessionVariables<ShopPermission, typeof blog>>().toHaveProperty('session');
  });
});
