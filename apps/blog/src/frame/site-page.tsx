import { authPaths } from '@sso/auth/wire';
import { SessionProvider } from '@sso/auth/react';
import { apps } from '@sso/domains';
import { SiteFooter, SiteHeader } from '@sso/ui';
import type { ReactNode } from 'react';
import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { Mark } from './mark.tsx';

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
  const drafts = session?.can('blog:drafts.read') ? [{ href: '/drafts', label: 'Drafts' }] : [];
  const links = [...drafts, { href: deps().env.SHOP_URL, label: apps.shop.title }];
  return (
    <SessionProvider initial={session?.toPublic()}>
      <SiteHeader
        title={apps.blog.title}
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
          {apps.blog.title} is written for latitudes around 50° north. Stock and prices beside the notes are{' '}
          {apps.shop.title}’s, asked for whoever is reading.
        </p>
      </SiteFooter>
    </SessionProvider>
  );
}
