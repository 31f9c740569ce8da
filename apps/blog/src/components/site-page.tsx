import { apps } from '@sso/domains';
import { SiteFrame } from '@sso/site/pages';
import type { ReactNode } from 'react';
import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { Mark } from './mark.tsx';

interface SitePageProps {
  /** The page's own path: where signing in leads back to. */
  readonly path: string;
  readonly children: ReactNode;
}

/** A page of the blog: header and footer around its content. */
export async function SitePage({ path, children }: SitePageProps) {
  const session = await auth();
  const hasDrafts = session?.can('blog:drafts.read') || session?.can('blog:drafts.write');
  const drafts = hasDrafts ? [{ href: '/drafts', label: 'Drafts' }] : [];
  const ways = session ? [{ href: '/ways', label: 'Ways across' }] : [];
  const links = [...drafts, ...ways, { href: deps().env.SHOP_URL, label: apps.shop.title }];
  return (
    <SiteFrame app={apps.blog} mark={<Mark />} session={session} path={path} links={links} about={about}>
      {children}
    </SiteFrame>
  );
}

const about = `${apps.blog.title} is written for latitudes around 50° north. Stock and prices beside the notes are ${apps.shop.title}’s, asked for whoever is reading.`;
