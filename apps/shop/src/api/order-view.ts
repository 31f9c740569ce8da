import type { Order } from '../orders/order.ts';
import { euros, type Money } from './money.ts';

interface OrderLineView {
  readonly slug: string;
  readonly name: string;
  readonly quantity: number;
  readonly unitPrice: Money;
}

/** An order as the API answers it. Times are RFC 3339, in UTC. */
export interface OrderView {
  readonly id: string;
  readonly url: string;
  readonly status: 'placed' | 'refunded';
  readonly placedAt: string;
  /** The `sub` of whoever ordered. */
  readonly person: string;
  /** Their name, for holders of `shop:orders.read-any` only. */
  readonly personName?: string;
  readonly memberPrices: boolean;
  readonly lines: readonly OrderLineView[];
  readonly total: Money;
  readonly refundedAt?: string;
  readonly refundReason?: string;
}

interface OrderViewOptions {
  readonly baseUrl: string;
  readonly showsName: boolean;
}

export function orderView(order: Order, { baseUrl, showsName }: OrderViewOptions): OrderView {
  const { id, person, personName, placedAt, memberPrices, refund } = order;
  return {
    id,
    url: `${baseUrl}/orders/${id}`,
    status: refund ? 'refunded' : 'placed',
    placedAt: timeText(placedAt),
    person,
    ...(showsName && personName !== undefined && { personName }),
    memberPrices,
    lines: order.lines.map(({ slug, name, quantity, unitPriceCents }) => ({
      slug,
      name,
      quantity,
      unitPrice: euros(unitPriceCents),
    })),
    total: euros(order.totalCents),
    ...(refund && { refundedAt: timeText(refund.at), refundReason: refund.reason }),
  };
}

const timeText = (epochSeconds: number) => new Date(epochSeconds * 1000).toISOString();
