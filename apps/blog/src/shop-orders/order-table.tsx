import { priceText } from '@sso/site/products';
import Link from 'next/link';
import { dateText } from '../components/date-text.ts';
import type { ShopOrder } from './shop-orders.ts';
import { supportPath } from './support-path.ts';

export function OrderTable({ orders }: { readonly orders: readonly ShopOrder[] }) {
  return (
    <table className="shop-orders">
      <caption className="visually-hidden">Orders, the latest first</caption>
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">By</th>
          <th scope="col">Things</th>
          <th scope="col">Sum</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </tbody>
    </table>
  );
}

function OrderRow({ order }: { readonly order: ShopOrder }) {
  return (
    <tr>
      <th scope="row">
        <Link href={supportPath(order.id)}>{order.id}</Link>
        <time className="muted" dateTime={order.placedAt}>
          {dateText(order.placedAt.slice(0, 10))}
        </time>
      </th>
      <td>
        <bdi>{order.personName ?? order.person}</bdi>
      </td>
      <td>{order.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}</td>
      <td>{priceText(order.total.amount)}</td>
      <td>
        <OrderState order={order} />
      </td>
    </tr>
  );
}

export function OrderState({ order: { status } }: { readonly order: Pick<ShopOrder, 'status'> }) {
  return (
    <span className={status === 'refunded' ? 'badge' : 'badge good'}>
      {status === 'refunded' ? 'Refunded' : 'Ordered'}
    </span>
  );
}
