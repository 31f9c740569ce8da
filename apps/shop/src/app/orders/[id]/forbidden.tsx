import { auth } from '../../../auth.ts';
import { RefusedPage } from '../../../components/refused-page.tsx';

/** Stands in for the page, and for its one action: whoever may see orders was refused the action. */
export default async function OrderForbiddenPage() {
  const session = await auth();
  const sees = session?.can('shop:orders.read') || session?.can('shop:orders.read-any');
  return (
    <RefusedPage
      path="/orders"
      title={sees ? 'This account may not refund' : 'This account has no orders'}
      permission={sees ? 'shop:orders.refund' : 'shop:orders.read'}
    />
  );
}
