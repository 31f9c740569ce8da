import { apps } from '@sso/domains';
import { priceText } from '@sso/site/products';
import { Facts } from '@sso/ui';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requireSession } from '../../../auth.ts';
import { Outcome } from '../../../components/outcome.tsx';
import { SitePage } from '../../../components/site-page.tsx';
import { OrderState } from '../../../shop-orders/order-table.tsx';
import { RefundForm } from '../../../shop-orders/refund-form.tsx';
import type { ShopOrder } from '../../../shop-orders/shop-orders.ts';
import { shopOrdersForSession } from '../../../shop-orders/shop-orders-for-session.ts';
import { requireReply } from '../../../shop-orders/require-reply.ts';
import { ShopAway } from '../../../shop-orders/shop-away.tsx';
import { supportPath } from '../../../shop-orders/support-path.ts';

export const metadata: Metadata = { title: 'Order of the shop' };

/** One of the shop's orders, and its refund. Whether it may be refunded by this person the shop decides. */
export default async function SupportOrderPage({ params, searchParams }: PageProps<'/support/[id]'>) {
  const { id } = await params;
  const path = supportPath(id);
  await requireSession(path);
  const order = requireReply(await shopOrdersForSession().find(id));
  return (
    <SitePage path={path}>
      {order ? (
        <div className="page editor">
          <header className="stack">
            <p className="eyebrow">{apps.shop.title}’s order</p>
            <h1>{order.id}</h1>
            <Outcome parameters={await searchParams} />
          </header>
          <OrderFacts order={order} />
          {order.status === 'placed' && <RefundForm order={order} />}
          <p>
            <Link href="/support">All orders</Link>
          </p>
        </div>
      ) : (
        <ShopAway path={path} />
      )}
    </SitePage>
  );
}

function OrderFacts({ order }: { readonly order: ShopOrder }) {
  return (
    <Facts
      facts={[
        { term: 'State', value: <OrderState order={order} /> },
        { term: 'By', value: <bdi>{order.personName ?? order.person}</bdi> },
        {
          term: 'Things',
          value: order.lines.map(({ name, quantity }) => `${quantity} × ${name}`).join(', '),
        },
        { term: 'Sum', value: priceText(order.total.amount) },
        ...(order.refundReason === undefined
          ? []
          : [{ term: 'Refunded because', value: <bdi>{order.refundReason}</bdi> }]),
      ]}
    />
  );
}
