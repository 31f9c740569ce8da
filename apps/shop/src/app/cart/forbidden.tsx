import { RefusedPage } from '../../components/refused-page.tsx';

export default function CartForbiddenPage() {
  return <RefusedPage path="/cart" title="This account may not order" permission="shop:orders.create" />;
}
