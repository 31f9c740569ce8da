import { NotFoundPage } from '@sso/site/pages';
import type { Metadata } from 'next';
import { homeLink } from '../components/home-link.ts';
import { Mark } from '../components/mark.tsx';
import { SitePage } from '../components/site-page.tsx';

export const metadata: Metadata = { title: 'Not found' };

const actions = [homeLink, { href: '/session', label: 'See what your session holds' }];

export default function BlogNotFoundPage() {
  return (
    <SitePage path="/">
      <NotFoundPage title="An empty field of view" mark={<Mark />} actions={actions}>
        There is nothing at this address, or nothing that is yours to see. Most things turn up again when you
        go back to the last bright star and start over.
      </NotFoundPage>
    </SitePage>
  );
}
