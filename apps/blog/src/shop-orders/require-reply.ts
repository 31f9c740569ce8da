import { forbidden, notFound } from 'next/navigation';
import type { ShopReply } from './shop-orders.ts';

/**
 * What the shop answered to a page; undefined where it does not answer. Leaves the page of somebody whom the shop refuses, and
 * of an order that is not there for them.
 */
export function requireReply<T>(reply: ShopReply<T>): T | undefined {
  if (reply.state === 'answered') return reply.value;
  if (reply.state === 'forbidden') forbidden();
  if (reply.state === 'unknown') notFound();
  return undefined;
}
