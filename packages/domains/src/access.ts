import { type AnyPermission, defineAccess } from '@sso/auth/access';
import { apps, type RelyingParty } from './apps.ts';

/**
 * The one access contract. An audience is an identifier, an absolute URI (RFC 8707 §2), and not an address: it stays the
 * same on every port.
 */
export const access = defineAccess({
  audiences: {
    [apps.shop.audience]: {
      title: apps.shop.title,
      permissions: {
        'shop:products.read': 'See products, stock and list prices',
        'shop:prices.member': 'See your member prices',
        'shop:orders.create': 'Order things in your name',
        'shop:orders.read': 'See your orders',
        'shop:orders.read-any': 'See everybody’s orders',
        'shop:orders.refund': 'Refund orders',
      },
    },
    [apps.blog.audience]: {
      title: apps.blog.title,
      permissions: {
        'blog:posts.read': 'Read published posts',
        'blog:drafts.read': 'Read posts before they are published',
        'blog:drafts.write': 'Write drafts in your name',
        'blog:posts.publish': 'Publish drafts',
        'blog:comments.write': 'Comment in your name',
        'blog:comments.hide': 'Hide comments',
      },
    },
  },
  roles: {
    reader: [
      'shop:products.read',
      'shop:orders.create',
      'shop:orders.read',
      'blog:posts.read',
      'blog:comments.write',
    ],
    member: [
      'shop:products.read',
      'shop:prices.member',
      'shop:orders.create',
      'shop:orders.read',
      'blog:posts.read',
      'blog:comments.write',
    ],
    support: ['shop:products.read', 'shop:orders.read-any', 'shop:orders.refund', 'blog:posts.read'],
    author: ['shop:products.read', 'blog:posts.read', 'blog:drafts.write', 'blog:comments.write'],
    editor: [
      'shop:products.read',
      'blog:posts.read',
      'blog:drafts.read',
      'blog:posts.publish',
      'blog:comments.write',
    ],
    moderator: ['shop:products.read', 'blog:posts.read', 'blog:comments.write', 'blog:comments.hide'],
  },
});

export type ProjectAccess = typeof access;
export type Role = keyof ProjectAccess['roles'];
export type Permission = AnyPermission<ProjectAccess>;

/**
 * What each site may do at the API of the other, for a person who may do it as well. At its own API each site may do
 * everything. A call that is missing here does not get a token.
 */
export const callsAcross = {
  shop: ['blog:posts.read'],
  blog: [
    'shop:products.read',
    'shop:prices.member',
    'shop:orders.read',
    'shop:orders.read-any',
    'shop:orders.refund',
  ],
} as const satisfies Readonly<Record<RelyingParty['name'], readonly Permission[]>>;

/** The roles that bring a permission. */
export function rolesWith(permission: Permission): string[] {
  return Object.entries<readonly string[]>(access.roles).flatMap(([role, permissions]) =>
    permissions.includes(permission) ? [role] : [],
  );
}
