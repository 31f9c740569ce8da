import { permissionsOfRoles } from '@sso/auth/access';
import { access, apps, type Permission } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import { openOrdersApi, orderIn, type OrdersApiInTest } from '../../test/open-orders-api.ts';

type ShopPermission = Extract<Permission, `shop:orders.${string}`>;

/** One call of the orders API for each permission that it knows: a permission without a call does not compile. */
const calls: Readonly<
  Record<ShopPermission, (api: OrdersApiInTest, permissions: string[]) => Promise<Response>>
> = {
  'shop:orders.create': (api, permissions) =>
    api.ask('create', {
      permissions,
      body: { lines: [{ slug: 'flask', quantity: 1 }] },
      headers: { 'idempotency-key': 'one' },
    }),
  'shop:orders.read': (api, permissions) => api.ask('list', { permissions }),
  'shop:orders.read-any': (api, permissions) => api.ask('list', { permissions, query: '?all=true' }),
  'shop:orders.refund': async (api, permissions) => {
    const body = { lines: [{ slug: 'flask', quantity: 1 }] };
    const headers = { 'idempotency-key': 'of-somebody' };
    const placed = await api.ask('create', {
      permissions: ['shop:orders.create'],
      sub: 'ben',
      body,
      headers,
    });
    const { id } = await orderIn(placed);
    return api.ask('refund', { permissions, body: { reason: 'Arrived broken' } }, id);
  },
};

const roles: readonly (readonly [string, readonly string[]])[] = [
  ...Object.keys(access.roles).map((role): [string, string[]] => [role, [role]]),
  ['nobody', []],
];
const cells = Object.entries(calls).flatMap(([permission, call]) =>
  roles.map(([role, held]) => {
    const permissions = permissionsOfRoles(access, held, apps.shop.audience);
    return { role, permission, permissions, isAllowed: permissions.includes(permission), call };
  }),
);

describe(`the orders API, cell by cell of the contract (${cells.length} of role × permission)`, () => {
  it.each(cells.filter(({ isAllowed }) => isAllowed))('$role may $permission', async (cell) => {
    const response = await cell.call(await openOrdersApi(), cell.permissions);
    expect(response.ok).toBe(true);
  });

  it.each(cells.filter(({ isAllowed }) => !isAllowed))('A-08 $role may not $permission', async (cell) => {
    const { permission, permissions, call } = cell;
    const response = await call(await openOrdersApi(), permissions);
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const challenge = response.headers.get('www-authenticate');
    expect(challenge).toContain('error="insufficient_scope"');
    expect(challenge).toContain(`scope="${permission}"`);
    expect(await response.json()).toMatchObject({ error: 'insufficient_scope', scope: permission });
  });

  it.each(Object.entries(calls))(
    'T-32 %s: without a token there is a bare challenge',
    async (_name, call) => {
      const api = await openOrdersApi();
      const bare: OrdersApiInTest = {
        ...api,
        ask: (verb, options, id) =>
          // The order of somebody that a refund is about is placed all the same.
          api.ask(verb, options.sub === 'ben' ? options : { ...options, authorization: undefined }, id),
      };
      const response = await call(bare, []);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+"$/);
    },
  );
});
