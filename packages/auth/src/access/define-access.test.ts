import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineAccess, permissionsOfAudience, permissionsOfRoles, type PermissionOf } from './index.ts';

const shop = 'https://shop.example/api';
const blog = 'https://blog.example/api';
const access = defineAccess({
  audiences: {
    [shop]: { title: 'Shop', permissions: { 'shop:read': 'Read', 'shop:buy': 'Buy' } },
    [blog]: { title: 'Blog', permissions: { 'blog:read': 'Read' } },
  },
  roles: { guest: ['shop:read', 'blog:read'], customer: ['shop:read', 'shop:buy'] },
});

describe('defineAccess', () => {
  it('types the permissions of one audience', () => {
    expectTypeOf<PermissionOf<typeof access, typeof shop>>().toEqualTypeOf<'shop:read' | 'shop:buy'>();
    expectTypeOf<PermissionOf<typeof access, typeof blog>>().toEqualTypeOf<'blog:read'>();
  });

  it.each([
    [
      'a role that names an unknown permission',
      { audiences: {}, roles: { guest: ['shop:read'] } },
      /no audience defines/,
    ],
    [
      'a permission with a space',
      { audiences: { a: { title: 'A', permissions: { 'a b': '' } } }, roles: {} },
      /no scope token/,
    ],
    [
      'a permission of two audiences',
      {
        audiences: { a: { title: 'A', permissions: { x: '' } }, b: { title: 'B', permissions: { x: '' } } },
        roles: {},
      },
      /defined twice/,
    ],
  ])('refuses %s', (_what, contract, message) => {
    expect(() => Reflect.apply(defineAccess, undefined, [contract])).toThrow(message);
  });

  it.each(['openid', 'profile', 'email', 'address', 'phone', 'offline_access'])(
    'refuses the permission %s, which comes with a sign-in',
    (name) => {
      const audiences = { a: { title: 'A', permissions: { [name]: '' } } };
      expect(() => defineAccess({ audiences, roles: {} })).toThrow(/OpenID Connect's own/);
    },
  );

  it.each(['HS256', 'none', 'PS256', 'toString', '', 7, null, ['ES256']])(
    'T-02 refuses the algorithm %j, which may come from a file',
    (alg) => {
      const contract = { audiences: { a: { title: 'A', permissions: {}, alg } }, roles: {} };
      const message = /none of ES256, RS256, EdDSA/;
      expect(() => Reflect.apply(defineAccess, undefined, [contract])).toThrow(message);
    },
  );

  it.each(['ES256', 'RS256', 'EdDSA', undefined] as const)('takes the algorithm %s', (alg) => {
    const audiences = { a: { title: 'A', permissions: {}, alg } };
    expect(defineAccess({ audiences, roles: {} }).audiences).toBe(audiences);
  });
});

describe('permissions', () => {
  it('of roles are those of the one audience, in the order of the contract', () => {
    expect(permissionsOfRoles(access, ['customer', 'guest'], shop)).toEqual(['shop:read', 'shop:buy']);
    expect(permissionsOfRoles(access, ['customer'], blog)).toEqual([]);
  });

  it.each(['constructor', '__proto__', 'toString', 'nobody'])(
    'X-15 an unknown role or audience %s gives nothing',
    (name) => {
      expect(permissionsOfRoles(access, [name], shop)).toEqual([]);
      expect(permissionsOfAudience(access, name)).toEqual([]);
    },
  );
});
