import { createHash } from 'node:crypto';

/** Whose cart it is: a person's, or that of a browser in which nobody has signed in yet. */
export type CartOwner =
  | { readonly kind: 'person'; readonly sub: string }
  | { readonly kind: 'visitor'; readonly cartId: string };

/** How the database names an owner. Of a cookie it holds the hash, so that nobody can take over a cart with what they read there. */
export function ownerKey(owner: CartOwner): string {
  if (owner.kind === 'person') return `person:${owner.sub}`;
  return VISITORS + createHash('sha256').update(owner.cartId).digest('base64url');
}

/** How the keys of all visitors begin. */
export const VISITORS = 'visitor:';
