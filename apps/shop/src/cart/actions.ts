'use server';

import { systemClock } from '@sso/auth';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { addToCart, MAX_QUANTITY, setQuantity } from './cart.ts';
import { openVisitor } from './cart-cookie.ts';
import type { CartOwner } from './cart-owner.ts';
import { removeStaleCarts } from './visitor-carts.ts';

// A cart is not guarded: whoever looks around has one. Its owner comes from the session or the cookie, never from the form.

const line = (least: number) =>
  z.object({
    slug: z.string().max(64),
    quantity: z.coerce.number().int().min(least).max(MAX_QUANTITY),
  });

/** Puts a product into the cart: `slug`, `quantity`. */
export async function putIntoCart(form: FormData): Promise<never> {
  const item = line(1).safeParse(Object.fromEntries(form));
  if (!item.success) redirect('/cart?refused=quantity');
  const database = await deps().database();
  const now = systemClock();
  const owner = await openOwner();
  if (owner.kind === 'visitor') await removeStaleCarts(database, now);
  const isThere = await addToCart(database, owner, item.data, now);
  redirect(isThere ? '/cart' : '/cart?refused=product');
}

/** Changes how many of a product are in the cart: `slug`, `quantity`, or `remove`. */
export async function changeCart(form: FormData): Promise<never> {
  const fields = Object.fromEntries(form);
  const item = line(0).safeParse(form.has('remove') ? { ...fields, quantity: 0 } : fields);
  if (!item.success) redirect('/cart?refused=quantity');
  await setQuantity(await deps().database(), await openOwner(), item.data, systemClock());
  redirect('/cart');
}

async function openOwner(): Promise<CartOwner> {
  const session = await auth();
  return session ? { kind: 'person', sub: session.user.sub } : openVisitor();
}
