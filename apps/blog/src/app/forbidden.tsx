import { MessagePage } from '@sso/ui';
import { homeLink } from '../components/home-link.ts';
import { Mark } from '../components/mark.tsx';
import { SitePage } from '../components/site-page.tsx';

/** For what no page of its own explains. */
export default function BlogForbiddenPage() {
  const actions = [{ href: '/session', label: 'See what your session holds' }, homeLink];
  return (
    <SitePage path="/">
      <MessagePage
        eyebrow="Not for this account"
        title="You may not do that here"
        mark={<Mark />}
        actions={actions}
      >
        <p>
          You are signed in, and that part worked. Your roles at the provider do not bring what this needs.
        </p>
      </MessagePage>
    </SitePage>
  );
}
