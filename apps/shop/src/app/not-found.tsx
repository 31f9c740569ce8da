import { StatePage } from '@sso/ui';
import type { Metadata } from 'next';
import { SitePage } from '../frame/site-page.tsx';
import { Mark } from '../illustrations/mark.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <SitePage path="/">
      <StatePage
        eyebrow="404"
        title="Nothing at these coordinates"
        mark={<Mark />}
        actions={[{ href: '/', label: 'Back to the list' }]}
      >
        <p>The address leads nowhere. The list has only ten things on it, so what you want is close by.</p>
      </StatePage>
    </SitePage>
  );
}
