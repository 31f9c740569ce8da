import { authPaths } from '@sso/auth/wire';
import { SessionProvider } from '@sso/auth/react';
import { apps } from '@sso/domains';
import { SiteFooter, SiteHeader } from '@sso/ui';
import type { ReactNode } from 'react';
import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { Mark } from '../illustrations/mark.tsx';

interface SitePageProps {
  /** This page's own address: where signing in leads back to. */
  readonly path: string;
  readonly children: ReactNode;
}

/**
 * The frame of every page. It stands in the page and not in a layout, since layouts are kept across navigations
 * and would go on greeting somebody who has signed out meanwhile.
 */
export async function SitePage({ path, children }: SitePageProps) {
  const session = await auth();
  const { BLOG_URL } = deps().env;
  const links = [
    { href: '/members', label: 'Member prices' },
    { href: BLOG_URL, label: apps.blog.title },
  ];
  return (
    <SessionProvider initial={session?.toPublic()}>
      <SiteHeader
        title={apps.shop.title}
        homeHref="/"
        mark={<Mark />}
        links={links}
        person={session && (session.user.name ?? 'Signed in')}
        sessionHref="/session"
        signInHref={`${authPaths.login}?return_to=${encodeURIComponent(path)}`}
        signOutAction={authPaths.logout}
      />
      <main id="main">{children}</main>
      <SiteFooter links={[{ href: '/session', label: 'Your session' }, ...links]}>
        <p>
          {apps.shop.title} is a demonstration: nothing here can be bought. What is real is the sign-in, the
          permissions and the API behind the prices.
        </p>
      </SiteFooter>
    </SessionProvider>
  );
}
