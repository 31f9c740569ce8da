import { priceText } from '@sso/site/products';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requirePermission } from '../../auth.ts';
import { OlderOrders } from '../../components/older-orders.tsx';
import { OrderStatus } from '../../components/order-status.tsx';
import { SitePage } from '../../components/site-page.tsx';
import { timeText } from '../../components/time-text.ts';
import { deps } from '../../deps.ts';
import type { Order } from '../../orders/order.ts';
import { listOrders } from '../../orders/orders.ts';

export const metadata: Metadata = { title: 'Support' };

const PAGE = 25;

export default async function SupportPage({ searchParams }: PageProps<'/support'>) {
  await requirePermission('shop:orders.read-any', '/support');
  const parameters = await searchParams;
  const [before, person] = [parameters['before'], parameters['person']].map(
    (value) => [value ?? []].flat()[0],
  );
  const orders = await listOrders(await deps().database(), { person, before, limit: PAGE });
  return (
    <SitePage path="/support">
      <div className="page flex flex-col gap-8 pt-10">
        <header className="flex flex-col gap-3">
          <p className="eyebrow">For support</p>
          <h1>{person === undefined ? 'Everybody’s orders' : 'One person’s orders'}</h1>
          <p className="max-w-2xl text-soft">
            This page opens for <code className="code">shop:orders.read-any</code>. A refund needs{' '}
            <code className="code">shop:orders.refund</code> and a sign-in younger than five minutes.
          </p>
          {person !== undefined && (
            <p>
              <Link href="/support">Everybody’s orders</Link>
            </p>
          )}
        </header>
        {orders.length === 0 ? (
          <p className="notice">There are no orders here.</p>
        ) : (
          <OrderTable orders={orders} />
        )}
        <OlderOrders
          path="/support"
          query={person === undefined ? {} : { person }}
          orders={orders}
          limit={PAGE}
        />
      </div>
    </SitePage>
  );
}

function OrderTable({ orders }: { readonly orders: readonly Order[] }) {
  return (
    <table className="orders">
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

function OrderRow({ order }: { readonly order: Order }) {
  const { id, person, personName, placedAt, lines, totalCents } = order;
  return (
    <tr>
      <th scope="row">
        <Link href={`/orders/${id}`} className="order-id">
          {id}
        </Link>
        <span className="muted">{timeText(placedAt)}</span>
      </th>
      <td>
        <bdi>{personName ?? person}</bdi>
      </td>
      <td>{lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}</td>
      <td>{priceText(totalCents)}</td>
      <td>
        <OrderStatus order={order} />
      </td>
    </tr>
  );
}
