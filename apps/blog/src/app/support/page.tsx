import { apps } from '@sso/domains';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requireSession } from '../../auth.ts';
import { SitePage } from '../../components/site-page.tsx';
import { OrderTable } from '../../shop-orders/order-table.tsx';
import { requireReply } from '../../shop-orders/require-reply.ts';
import { ShopAway } from '../../shop-orders/shop-away.tsx';
import { shopOrdersForSession } from '../../shop-orders/shop-orders-for-session.ts';

export const metadata: Metadata = { title: 'Orders of the shop' };

/** For the shop's support: its orders, by its API, decided there by the token of whoever looks. */
export default async function SupportPage({ searchParams }: PageProps<'/support'>) {
  await requireSession('/support');
  const [before] = [(await searchParams)['before'] ?? []].flat();
  const page = requireReply(await shopOrdersForSession().list(before));
  return (
    <SitePage path="/support">
      {page ? (
        <div className="page flex flex-col gap-8 pt-10">
          <header className="flex flex-col gap-3">
            <p className="eyebrow">For support</p>
            <h1>{apps.shop.title}’s orders, from here</h1>
            <p className="max-w-2xl text-soft">
              {apps.shop.title} shows them because your token for its API carries{' '}
              <code className="code">shop:orders.read-any</code>. This site keeps none of it.
            </p>
          </header>
          {page.orders.length === 0 ? (
            <p className="notice">There are no orders here.</p>
          ) : (
            <OrderTable orders={page.orders} />
          )}
          {page.hasMore && (
            <p>
              <Link href={`/support?before=${encodeURIComponent(page.orders.at(-1)?.id ?? '')}`}>
                Older orders
              </Link>
            </p>
          )}
        </div>
      ) : (
        <ShopAway path="/support" />
      )}
    </SitePage>
  );
}
