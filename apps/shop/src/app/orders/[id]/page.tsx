import type { Metadata } from 'next';
import { forbidden, notFound } from 'next/navigation';
import { requireSession } from '../../../auth.ts';
import { OrderDetails } from '../../../components/order-details.tsx';
import { RefundForm } from '../../../components/refund-form.tsx';
import { SitePage } from '../../../components/site-page.tsx';
import { deps } from '../../../deps.ts';
import { findOrder } from '../../../orders/orders.ts';

export const metadata: Metadata = { title: 'Order' };

/** One's own order, or anybody's for support. Another person's order is not found, as one that isn't there. */
export default async function OrderPage({ params }: PageProps<'/orders/[id]'>) {
  const { id } = await params;
  const path = `/orders/${encodeURIComponent(id)}`;
  const session = await requireSession(path);
  const seesAll = session.can('shop:orders.read-any');
  if (!seesAll && !session.can('shop:orders.read')) forbidden();
  const filter = seesAll ? {} : { person: session.user.sub };
  const order = await findOrder(await deps().database(), id, filter);
  if (!order) notFound();
  return (
    <SitePage path={path}>
      <OrderDetails order={order} viewer={session.user.sub}>
        {session.can('shop:orders.refund') && !order.refund && <RefundForm order={order} session={session} />}
      </OrderDetails>
    </SitePage>
  );
}
