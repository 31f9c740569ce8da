import { ForbiddenPage } from '@sso/site/pages';
import { auth } from '../../../auth.ts';
import { homeLink } from '../../../components/home-link.ts';
import { SitePage } from '../../../components/site-page.tsx';
import { Mark } from '../../../illustrations/mark.tsx';

/** Stands in for the page, and for its one action: whoever may see orders was refused the action. */
export default async function OrderForbiddenPage() {
  const session = await auth();
  const sees = session?.can('shop:orders.read') || session?.can('shop:orders.read-any');
  return (
    <SitePage path="/orders">
      <ForbiddenPage
        title={sees ? 'This account may not refund' : 'This account has no orders'}
        mark={<Mark />}
        homeLink={homeLink}
        permission={sees ? 'shop:orders.refund' : 'shop:orders.read'}
      />
    </SitePage>
  );
}
