'use server';

import { loginHref } from '@sso/auth/wire';
import { logLine } from '@sso/site/log';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '../auth.ts';
import { supportPath } from './support-path.ts';
import { shopOrdersForSession } from './shop-orders-for-session.ts';

const refundForm = z.object({ order: z.string().min(1).max(64), reason: z.string().trim().min(1).max(200) });

/**
 * Refunds the shop's order `order` for a `reason`. The shop decides who may; where it asks for a fresh sign-in (RFC 9470), its
 * challenge becomes a login here, and the form with what was typed waits behind it.
 */
export async function refundAtShop(form: FormData): Promise<never> {
  return guardedRefund(form);
}

const guardedRefund = action(async ({ user: { sub } }, form: FormData): Promise<never> => {
  const fields = refundForm.safeParse(Object.fromEntries(form));
  // Browsers check the form's fields: what fails here was not sent by one.
  if (!fields.success) redirect('/support');
  const { order, reason } = fields.data;
  const reply = await shopOrdersForSession().refund(order, reason);
  const path = supportPath(order);
  if (reply.state === 'step-up') redirect(`${loginHref(path)}&max_age=${reply.maxAgeSeconds}`);
  if (reply.state !== 'answered') redirect(`${path}?refused=${reply.state}`);
  logLine(refunded(order, sub));
  redirect(`${path}?done=refunded`);
});

/** Who asked for it here; the shop's own log says who did it, and through whom. */
const refunded = (order: string, sub: string) => ({ type: 'shop_order.refunded', order, sub });
