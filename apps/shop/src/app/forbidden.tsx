import { StatePage } from '@sso/ui';
import { SitePage } from '../frame/site-page.tsx';
import { Mark } from '../illustrations/mark.tsx';

export default function Forbidden() {
  return (
    <SitePage path="/">
      <StatePage
        eyebrow="Not for this account"
        title="This page is for members"
        mark={<Mark />}
        actions={[
          { href: '/session', label: 'See what your session holds' },
          { href: '/', label: 'Back to the list' },
        ]}
      >
        <p>
          You are signed in, and that part worked. What is missing is the permission{' '}
          <code className="code">shop:prices.member</code>: it comes with the role <em>member</em>, which
          whoever runs the provider can give you.
        </p>
        <p>Once you have it, it counts here within ten minutes, or at once if you sign out and in again.</p>
      </StatePage>
    </SitePage>
  );
}
