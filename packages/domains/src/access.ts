import { defineAccess } from '@sso/auth/access';
import { apps } from './apps.ts';

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
      },
    },
    [apps.blog.audience]: {
      title: apps.blog.title,
      permissions: {
        'blog:posts.read': 'Read published posts',
        'blog:drafts.read': 'Read posts before they are published',
      },
    },
  },
  roles: {
    reader: ['shop:products.read', 'blog:posts.read'],
    member: ['shop:products.read', 'shop:prices.member', 'blog:posts.read'],
    editor: ['shop:products.read', 'blog:posts.read', 'blog:drafts.read'],
  },
});

export type ProjectAccess = typeof access;
