import { ForbiddenPage } from '@sso/site/pages';
import { homeLink } from '../../components/home-link.ts';
import { SitePage } from '../../components/site-page.tsx';
import { Mark } from '../../illustrations/mark.tsx';

export default function SupportForbiddenPage() {
  return (
    <SitePage path="/support">
      <ForbiddenPage
        title="This page is for support"
        mark={<Mark />}
        homeLink={homeLink}
        permission="shop:orders.read-any"
      />
    </SitePage>
  );
}
