import { NotFoundPage } from '@sso/site/pages';
import type { Metadata } from 'next';
import { homeLink } from '../components/home-link.ts';
import { SitePage } from '../components/site-page.tsx';
import { Mark } from '../illustrations/mark.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function ShopNotFoundPage() {
  return (
    <SitePage path="/">
      <NotFoundPage title="Nothing at these coordinates" mark={<Mark />} actions={[homeLink]}>
        The address leads nowhere. The list has only ten things on it, so what you want is close by.
      </NotFoundPage>
    </SitePage>
  );
}
