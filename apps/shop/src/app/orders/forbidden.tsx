import { ForbiddenPage } from '@sso/site/pages';
import { homeLink } from '../../components/home-link.ts';
import { SitePage } from '../../components/site-page.tsx';
import { Mark } from '../../illustrations/mark.tsx';

export default function OrdersForbiddenPage() {
  return (
    <SitePage path="/orders">
      <ForbiddenPage
        title="This account has no orders"
        mark={<Mark />}
        homeLink={homeLink}
        permission="shop:orders.read"
      />
    </SitePage>
  );
}
