import { ForbiddenPage } from '@sso/site/pages';
import { homeLink } from '../../components/home-link.ts';
import { SitePage } from '../../components/site-page.tsx';
import { Mark } from '../../illustrations/mark.tsx';

export default function MembersForbiddenPage() {
  return (
    <SitePage path="/members">
      <ForbiddenPage
        title="This page is for members"
        mark={<Mark />}
        homeLink={homeLink}
        permission="shop:prices.member"
      />
    </SitePage>
  );
}
