import { cache } from 'react';
import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { type Quote, quote } from '../orders/quote.ts';
import { type CartItem, countItems, listCart } from './cart.ts';
import { findVisitor } from './cart-cookie.ts';
import type { CartOwner } from './cart-owner.ts';
import { moveCart } from './visitor-carts.ts';

/** Whose cart this request is about. What was chosen before a sign-in becomes the person's own here. */
const findOwner = cache(async (): Promise<CartOwner | undefined> => {
  const session = await auth();
  const visitor = await findVisitor();
  if (!session) return visitor;
  const person: CartOwner = { kind: 'person', sub: session.user.sub };
  if (visitor) await moveCart(await deps().database(), visitor, person);
  return person;
});

/** What is in it: read once for the page and its header. */
const listItems = cache(async (): Promise<readonly CartItem[]> => {
  const owner = await findOwner();
  return owner ? listCart(await deps().database(), owner) : [];
});

/** How many things are in the cart of whoever asks. */
export async function countCartForSession(): Promise<number> {
  return countItems(await listItems());
}

/** What is in it, at the prices that the session's permissions give. */
export async function quoteForSession(): Promise<Quote> {
  const session = await auth();
  const reader = { seesMemberPrices: session?.can('shop:prices.member') ?? false };
  return quote(await deps().database(), reader, await listItems());
}
