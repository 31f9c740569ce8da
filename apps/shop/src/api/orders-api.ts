import {
  type ApiEvent,
  createApiGuard,
  ProblemError,
  readJsonBody,
  readParameters,
  requireIdempotencyKey,
} from '@sso/site/http';
import type { ShopDatabase } from '../database/database.ts';
import type { ShopResource, ShopToken } from '../deps.ts';
import type { Order } from '../orders/order.ts';
import { OrderRefused } from '../orders/order-refused.ts';
import { findOrder, listOrders, type OrderFilter } from '../orders/orders.ts';
import { placeOrder } from '../orders/place-order.ts';
import { REFUND_MAX_AGE_SECONDS, refundOrder } from '../orders/refund-order.ts';
import type { ShopEvent } from '../orders/shop-event.ts';
import { newOrder, newRefund, orderQuery } from './order-input.ts';
import { orderProblem } from './order-problem.ts';
import { orderView } from './order-view.ts';

interface OrdersApiOptions {
  readonly resource: ShopResource;
  readonly database: () => Promise<ShopDatabase>;
  readonly baseUrl: string;
  /** Epoch seconds. */
  readonly clock: () => number;
  readonly observe: (event: ShopEvent | ApiEvent) => void;
}

const PAGE = 50;
const headers = { 'cache-control': 'private, no-store' };

/** The orders API: bearer tokens only (RFC 6750 §2.1), never the session cookie, so no page can be made to call it. */
export function createOrdersApi(options: OrdersApiOptions) {
  const { resource, database, baseUrl, clock, observe } = options;
  const guard = createApiGuard(resource, observe);
  const view = (order: Order, token: ShopToken) =>
    orderView(order, { baseUrl, showsName: token.can('shop:orders.read-any') });
  return {
    /** `GET /api/orders`: one's own; with `?person=<sub>` or `?all=true` also those of others. */
    list: guard(
      withRefusals(async (request: Request, token: ShopToken) => {
        const { before, limit = PAGE, ...asked } = readParameters(request, orderQuery);
        const filter = requireFilter(resource, token, asked);
        const orders = await listOrders(await database(), { ...filter, before, limit });
        const last = orders.length === limit ? orders.at(-1)?.id : undefined;
        const next = last === undefined ? {} : { next: nextAddress(baseUrl, request, last) };
        return Response.json({ orders: orders.map((one) => view(one, token)), ...next }, { headers });
      }),
    ),
    /** `GET /api/orders/:id`. */
    show: guard(
      withRefusals(async (_request: Request, token: ShopToken, id: string) => {
        const filter = token.can('shop:orders.read-any') ? {} : requireFilter(resource, token, {});
        const order = await findOrder(await database(), id, filter);
        if (!order) throw new OrderRefused({ code: 'order_unknown' });
        return Response.json({ order: view(order, token) }, { headers });
      }),
    ),
    /** `POST /api/orders` with `Idempotency-Key`. */
    create: guard(
      withRefusals(async (request: Request, token: ShopToken) => {
        const idempotencyKey = requireIdempotencyKey(request);
        const { lines } = await readJsonBody(request, newOrder);
        const seesMemberPrices = token.can('shop:prices.member');
        const buyer = { sub: token.sub, seesMemberPrices, idempotencyKey, now: clock() };
        const place = async () => placeOrder(await database(), buyer, lines);
        const { order, isNew } = await withPointers(lines, place);
        if (isNew)
          observe({ type: 'order.placed', order: order.id, sub: token.sub, through: token.client_id });
        const location = `${baseUrl}/api/orders/${order.id}`;
        return Response.json(
          { order: view(order, token) },
          { status: 201, headers: { ...headers, location } },
        );
      }),
      { permission: 'shop:orders.create' },
    ),
    /** `POST /api/orders/:id/refund`. */
    refund: guard(
      withRefusals(async (request: Request, token: ShopToken, id: string) => {
        const { reason } = await readJsonBody(request, newRefund);
        const refund = { at: clock(), by: token.sub, through: token.client_id, reason };
        const order = await refundOrder(await database(), id, refund);
        observe({ type: 'order.refunded', order: id, sub: token.sub, through: token.client_id });
        return Response.json({ order: view(order, token) }, { headers });
      }),
      { permission: 'shop:orders.refund', maxAgeSeconds: REFUND_MAX_AGE_SECONDS },
    ),
  };
}

/** Whose orders: one's own by one permission, those of others by another. @throws AuthError `permission_insufficient` */
function requireFilter(
  resource: ShopResource,
  token: ShopToken,
  { person, all }: { readonly person?: string | undefined; readonly all?: 'true' | undefined },
): OrderFilter {
  if (person !== undefined && all !== undefined) {
    const detail = 'Ask for the orders of one person or for all.';
    const errors = [{ parameter: 'all', detail: 'does not go with "person"' }];
    throw new ProblemError({ status: 400, error: 'invalid_input', detail, errors });
  }
  const isOwn = all === undefined && (person ?? token.sub) === token.sub;
  resource.requirePermission(token, isOwn ? 'shop:orders.read' : 'shop:orders.read-any');
  if (all !== undefined) return {};
  return { person: person ?? token.sub };
}

/** A handler whose refused orders are problems. */
function withRefusals<Args extends unknown[]>(
  handle: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return (...args) => withPointers([], () => handle(...args));
}

async function withPointers<T>(lines: Parameters<typeof orderProblem>[1], act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof OrderRefused) throw new ProblemError(orderProblem(error.refusal, lines));
    throw error;
  }
}

function nextAddress(baseUrl: string, { url }: Request, before: string): string {
  const next = new URL(`${baseUrl}/api/orders`);
  next.search = new URL(url).search;
  next.searchParams.set('before', before);
  return next.href;
}
