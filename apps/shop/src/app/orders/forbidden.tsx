import { RefusedPage } from '../../components/refused-page.tsx';

export default function OrdersForbiddenPage() {
  return <RefusedPage path="/orders" title="This account has no orders" permission="shop:orders.read" />;
}
