import { isAuthError } from '@sso/auth';
import { z } from 'zod';

const money = z.object({ amount: z.int(), currency: z.literal('EUR') });

/** The part of the shop's orders that this site shows. */
const order = z.object({
  id: z.string(),
  url: z.url(),
  status: z.enum(['placed', 'refunded']),
  placedAt: z.iso.datetime(),
  person: z.string(),
  personName: z.string().optional(),
  lines: z.array(z.object({ name: z.string(), quantity: z.int() })),
  total: money,
  refundReason: z.string().optional(),
});

export type ShopOrder = z.infer<typeof order>;

const orderList = z.object({ orders: z.array(order), next: z.url().optional() });
const oneOrder = z.object({ order });
/** Problem details (RFC 9457) as the shop's API writes them. */
const problem = z.object({
  error: z.string(),
  detail: z.string().optional(),
  scope: z.string().optional(),
  max_age: z.number().optional(),
});

/** What the shop's API made of a call, or why there was none. */
export type ShopReply<T> =
  | { readonly state: 'answered'; readonly value: T }
  /** The person, or this site, lacks a permission; undefined where the provider gave no token at all. */
  | { readonly state: 'forbidden'; readonly permission: string | undefined }
  /** The person signed in too long ago for this (RFC 9470). */
  | { readonly state: 'step-up'; readonly maxAgeSeconds: number }
  | { readonly state: 'unknown' }
  /** The order is not in a state for that: the shop's own sentence says why. */
  | { readonly state: 'conflict'; readonly error: string }
  /** The shop or the provider does not answer. What was asked may have been done: asking again does it once. */
  | { readonly state: 'unavailable' };

/** A fetch that adds the person's token for the shop's API, and throws an `AuthError` when it cannot get one. */
type CallShop = (url: string, init: RequestInit) => Promise<Response>;

interface ShopOrders {
  /** Everybody's orders, the latest first. @param before the id of an order: only older ones */
  list(
    before?: string,
  ): Promise<ShopReply<{ readonly orders: readonly ShopOrder[]; readonly hasMore: boolean }>>;
  find(id: string): Promise<ShopReply<ShopOrder>>;
  refund(id: string, reason: string): Promise<ShopReply<ShopOrder>>;
}

const TIMEOUT_MILLISECONDS = 4000;
const PAGE = 25;

/** The shop's Orders API, asked for a person. It never throws: each way to fail is a page of its own. */
export function createShopOrders(shopUrl: string, fetch: CallShop): ShopOrders {
  const call = async <T, R>(
    path: string,
    schema: z.ZodType<T>,
    pick: (value: T) => R,
    init: RequestInit = {},
  ) => {
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
      return await toReply(await fetch(new URL(path, shopUrl).href, { ...init, signal }), schema, pick);
    } catch (error) {
      return isAuthError(error) && !error.transient
        ? ({ state: 'forbidden', permission: undefined } as const)
        : ({ state: 'unavailable' } as const);
    }
  };
  return {
    list(before) {
      const query = new URLSearchParams({ all: 'true', limit: String(PAGE), ...(before && { before }) });
      return call(`/api/orders?${query}`, orderList, ({ orders, next }) => ({
        orders,
        hasMore: next !== undefined,
      }));
    },
    find: (id) => call(address(id), oneOrder, ({ order: found }) => found),
    refund: (id, reason) =>
      call(`${address(id)}/refund`, oneOrder, ({ order: refunded }) => refunded, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ reason }),
      }),
  };
}

const address = (id: string) => `/api/orders/${encodeURIComponent(id)}`;

async function toReply<T, R>(
  response: Response,
  schema: z.ZodType<T>,
  pick: (value: T) => R,
): Promise<ShopReply<R>> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) {
    const read = schema.safeParse(body);
    return read.success ? { state: 'answered', value: pick(read.data) } : { state: 'unavailable' };
  }
  const { error = '', scope, max_age } = problem.safeParse(body).data ?? {};
  if (error === 'insufficient_user_authentication' && max_age !== undefined)
    return { state: 'step-up', maxAgeSeconds: max_age };
  if (response.status === 401 || response.status === 403) return { state: 'forbidden', permission: scope };
  if (response.status === 404) return { state: 'unknown' };
  if (response.status === 409) return { state: 'conflict', error };
  return { state: 'unavailable' };
}
