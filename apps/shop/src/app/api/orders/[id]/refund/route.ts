import { ordersApi } from '../../../../../api/wired-orders-api.ts';

export async function POST(request: Request, { params }: RouteContext<'/api/orders/[id]/refund'>) {
  const { id } = await params;
  return ordersApi().refund(request, id);
}
