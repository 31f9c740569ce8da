import { ForbiddenPage } from '@sso/site/pages';
import { homeLink } from '../../components/home-link.ts';
import { SitePage } from '../../components/site-page.tsx';
import { Mark } from '../../illustrations/mark.tsx';

export default function CartForbiddenPage() {
  return (
    <SitePage path="/cart">
      <ForbiddenPage
        title="This account may not order"
        mark={<Mark />}
        homeLink={homeLink}
        permission="shop:orders.create"
      />
    </SitePage>
  );
}
