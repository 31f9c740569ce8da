import { priceText } from '@sso/site/products';
import { MessagePage } from '@sso/ui';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requirePermission } from '../../auth.ts';
import { OlderOrders } from '../../components/older-orders.tsx';
import { OrderStatus } from '../../components/order-status.tsx';
import { SitePage } from '../../components/site-page.tsx';
import { timeText } from '../../components/time-text.ts';
import { deps } from '../../deps.ts';
import { Illustration } from '../../illustrations/illustration.tsx';
import { Mark } from '../../illustrations/mark.tsx';
import type { Order } from '../../orders/order.ts';
import { listOrders } from '../../orders/orders.ts';

export const metadata: Metadata = { title: 'Your orders' };

const PAGE = 20;

export default async function OrdersPage({ searchParams }: PageProps<'/orders'>) {
  const { user } = await requirePermission('shop:orders.read', '/orders');
  const before = [(await searchParams)['before'] ?? []].flat()[0];
  const orders = await listOrders(await deps().database(), { person: user.sub, before, limit: PAGE });
  return (
    <SitePage path="/orders">
      {orders.length === 0 && before === undefined ? (
        <NoOrders />
      ) : (
        <div className="page flex flex-col gap-8 pt-10">
          <header className="flex flex-col gap-3">
            <p className="eyebrow">Your orders</p>
            <h1>What you have ordered</h1>
          </header>
          <ul className="order-list">
            {orders.map((order) => (
              <OrderCard key={order.id} order={order} />
            ))}
          </ul>
          <OlderOrders path="/orders" orders={orders} limit={PAGE} />
        </div>
      )}
    </SitePage>
  );
}

function OrderCard({ order }: { readonly order: Order }) {
  const { id, placedAt, lines, totalCents } = order;
  return (
    <li className="panel order-card">
      <div className="order-pictures">
        {lines.slice(0, 3).map(({ slug }) => (
          <Illustration key={slug} slug={slug} />
        ))}
      </div>
      <div className="order-card-text">
        <h2>
          <Link href={`/orders/${id}`}>{timeText(placedAt)}</Link>
        </h2>
        <p className="text-soft">{lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ')}</p>
        <p className="muted text-sm">Order {id}</p>
      </div>
      <p className="order-card-sum">
        <strong>{priceText(totalCents)}</strong>
        <OrderStatus order={order} />
      </p>
    </li>
  );
}

function NoOrders() {
  const actions = [{ href: '/', label: 'See the list' }];
  return (
    <MessagePage eyebrow="Your orders" title="Nothing ordered yet" mark={<Mark />} actions={actions}>
      <p>What you order is listed here, with what it cost you that day.</p>
    </MessagePage>
  );
}
