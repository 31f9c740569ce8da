import { StatePage } from '@sso/ui';
import type { Metadata } from 'next';
import { Mark } from '../frame/mark.tsx';
import { SitePage } from '../frame/site-page.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <SitePage path="/">
      <StatePage
        eyebrow="404"
        title="An empty field of view"
        mark={<Mark />}
        actions={[
          { href: '/', label: 'All notes' },
          { href: '/session', label: 'See what your session holds' },
        ]}
      >
        <p>
          There is nothing at this address, or nothing that is yours to see. Most things turn up again when
          you go back to the last bright star and start over.
        </p>
      </StatePage>
    </SitePage>
  );
}
