import type { Order } from '../orders/order.ts';

export function OrderStatus({ order: { refund } }: { readonly order: Pick<Order, 'refund'> }) {
  return <span className={refund ? 'badge' : 'badge good'}>{refund ? 'Refunded' : 'Ordered'}</span>;
}
