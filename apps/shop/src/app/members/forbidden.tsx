import { RefusedPage } from '../../components/refused-page.tsx';

export default function MembersForbiddenPage() {
  return <RefusedPage path="/members" title="This page is for members" permission="shop:prices.member" />;
}
