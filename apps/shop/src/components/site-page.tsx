import { apps } from '@sso/domains';
import { SiteFrame } from '@sso/site/pages';
import type { ReactNode } from 'react';
import { auth } from '../auth.ts';
import { countCartForSession } from '../cart/cart-for-session.ts';
import { deps } from '../deps.ts';
import { Mark } from '../illustrations/mark.tsx';

interface SitePageProps {
  /** The page's own path: where signing in leads back to. */
  readonly path: string;
  readonly children: ReactNode;
}

/** A page of the shop: header and footer around its content. */
export async function SitePage({ path, children }: SitePageProps) {
  const session = await auth();
  const count = await countCartForSession();
  const links = [
    { href: '/cart', label: count === 0 ? 'Cart' : `Cart (${count})` },
    ...(session?.can('shop:orders.read') ? [{ href: '/orders', label: 'Orders' }] : []),
    ...(session?.can('shop:orders.read-any') ? [{ href: '/support', label: 'Support' }] : []),
    { href: '/members', label: 'Member prices' },
    { href: deps().env.BLOG_URL, label: apps.blog.title },
  ];
  return (
    <SiteFrame app={apps.shop} mark={<Mark />} session={session} path={path} links={links} about={about}>
      {children}
    </SiteFrame>
  );
}

const about = `${apps.shop.title} is a demonstration: nothing is charged and nothing is sent. What is real is the sign-in, the permissions, the orders and the APIs behind them.`;
