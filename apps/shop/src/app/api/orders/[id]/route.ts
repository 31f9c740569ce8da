import { ordersApi } from '../../../../api/wired-orders-api.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/orders/[id]'>) {
  const { id } = await params;
  return ordersApi().show(request, id);
}
