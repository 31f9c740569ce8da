'use server';

import { systemClock } from '@sso/auth';
import { logLine } from '@sso/site/log';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '../auth.ts';
import { deps } from '../deps.ts';
import { checkOut } from './check-out.ts';
import { OrderRefused, type OrderRefusal } from './order-refused.ts';
import { REFUND_MAX_AGE_SECONDS, refundOrder } from './refund-order.ts';
import { refundReason } from './refund-reason.ts';
import type { ObserveShop } from './shop-event.ts';

const observe: ObserveShop = logLine;

const checkOutForm = z.object({ key: z.string().min(1).max(64), shown: z.string().max(64) });

/** Orders what is in the cart: `key` makes it one order however often it is pressed, `shown` is what the page showed. */
export async function orderCart(form: FormData): Promise<never> {
  return guardedOrder(form);
}

const guardedOrder = action(
  async ({ user, can }, form: FormData): Promise<never> => {
    const fields = checkOutForm.safeParse(Object.fromEntries(form));
    if (!fields.success) redirect('/cart?refused=cart_changed');
    const { key: idempotencyKey, shown } = fields.data;
    const { database, env } = deps();
    const { sub, name } = user;
    const seesMemberPrices = can('shop:prices.member');
    const buyer = { sub, name, seesMemberPrices, idempotencyKey, now: systemClock() };
    const placed = await orRefusal(checkOut(await database(), buyer, shown));
    if ('code' in placed) redirect(`/cart?refused=${placed.code}`);
    const { order, isNew } = placed;
    if (isNew) observe({ type: 'order.placed', order: order.id, sub, through: env.CLIENT_ID });
    redirect(`/orders/${order.id}`);
  },
  { permission: 'shop:orders.create' },
);

const refundForm = z.object({ order: z.string().min(1).max(64), reason: refundReason });

/** Refunds `order` for a `reason`. */
export async function refund(form: FormData): Promise<never> {
  return guardedRefund(form);
}

const guardedRefund = action(
  async ({ user: { sub } }, form: FormData): Promise<never> => {
    const fields = refundForm.safeParse(Object.fromEntries(form));
    // Browsers check the form's fields: what fails here was not sent by one.
    if (!fields.success) redirect('/support');
    const { order: id, reason } = fields.data;
    const { database, env } = deps();
    const given = { at: systemClock(), by: sub, through: env.CLIENT_ID, reason };
    const refunded = await orRefusal(refundOrder(await database(), id, given));
    // Where it was refunded before, its page says so.
    if (!('code' in refunded)) observe({ type: 'order.refunded', order: id, sub, through: env.CLIENT_ID });
    redirect(`/orders/${encodeURIComponent(id)}`);
  },
  { permission: 'shop:orders.refund', maxAgeSeconds: REFUND_MAX_AGE_SECONDS },
);

async function orRefusal<T extends object>(act: Promise<T>): Promise<T | OrderRefusal> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof OrderRefused) return error.refusal;
    throw error;
  }
}
