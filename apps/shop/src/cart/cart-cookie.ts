import { randomBytes } from 'node:crypto';
import { cookies } from 'next/headers';
import { deps } from '../deps.ts';
import type { CartOwner } from './cart-owner.ts';
import { VISITOR_CART_SECONDS } from './visitor-carts.ts';

type Visitor = Extract<CartOwner, { kind: 'visitor' }>;

/** The visitor whose cart this browser's cookie names. */
export async function findVisitor(): Promise<Visitor | undefined> {
  const cartId = (await cookies()).get(cookieName())?.value ?? '';
  return /^[\w-]{32}$/.test(cartId) ? { kind: 'visitor', cartId } : undefined;
}

/** The same, or a new one; for actions and handlers, where Next lets the cookie be set. Each use keeps it for longer. */
export async function openVisitor(): Promise<Visitor> {
  const visitor = (await findVisitor()) ?? {
    kind: 'visitor',
    cartId: randomBytes(24).toString('base64url'),
  };
  (await cookies()).set(cookieName(), visitor.cartId, {
    httpOnly: true,
    secure: isSecure(),
    sameSite: 'lax',
    path: '/',
    maxAge: VISITOR_CART_SECONDS,
  });
  return visitor;
}

/** With the prefix no other site below the same domain can plant a cart (RFC 6265bis §4.1.3.2). Plain http can't have it. */
const cookieName = () => (isSecure() ? '__Host-cart' : 'cart');

const isSecure = () => deps().env.BASE_URL.startsWith('https:');
