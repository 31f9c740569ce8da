import { RefusedPage } from '../../components/refused-page.tsx';

export default function SupportForbiddenPage() {
  return <RefusedPage path="/support" title="This page is for support" permission="shop:orders.read-any" />;
}
