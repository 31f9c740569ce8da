import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { access, apps } from '@sso/domains';
import type { ApiEvent } from '@sso/site/http';
import { createOrdersApi } from '../src/api/orders-api.ts';
import type { ShopDatabase } from '../src/database/database.ts';
import type { ShopEvent } from '../src/orders/shop-event.ts';
import { openOrders } from './open-orders.ts';

const baseUrl = 'https://shop.example';

/** How the API is asked: `GET /api/orders`, by whom, with what. */
export interface Call {
  readonly permissions: readonly string[];
  /** Default `ada`. */
  readonly sub?: string;
  /** Further claims of the token. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly query?: string;
  readonly body?: unknown;
  /** The body as it is, in place of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the token. */
  readonly authorization?: string | undefined;
}

type Verb = 'list' | 'show' | 'create' | 'refund';

interface OrdersApiInTestOptions {
  /** Default `:memory:`. */
  readonly file?: string;
  /** What the API asks for its database, in place of `file`. */
  readonly database?: () => Promise<ShopDatabase>;
}

/** The orders API on a database of the test's own, with an issuer of its own. */
export async function openOrdersApi({ file, database }: OrdersApiInTestOptions = {}) {
  const { audience } = apps.shop;
  const issuer = await createTestIssuer({ audience });
  const { clock, fetch } = issuer;
  const shop = await openOrders(file);
  const events: (ShopEvent | ApiEvent)[] = [];
  const api = createOrdersApi({
    resource: createResourceServer({ issuer: issuer.issuer, audience, access, fetch, clock }),
    database: database ?? (async () => shop.database),
    baseUrl,
    clock,
    observe: (event) => void events.push(event),
  });
  const requestOf = async (verb: Verb, call: Call) => {
    const { permissions, sub = 'ada', claims = {}, query = '', body, text, headers = {} } = call;
    const token = await issuer.accessToken({ sub, permissions, auth_time: clock(), ...claims });
    const authorization = 'authorization' in call ? call.authorization : `Bearer ${token}`;
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    return new Request(`${baseUrl}/api/orders${query}`, {
      method: verb === 'create' || verb === 'refund' ? 'POST' : 'GET',
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
  };
  return {
    ...shop,
    issuer,
    events,
    baseUrl,
    ask: async (verb: Verb, call: Call, id = '') => api[verb](await requestOf(verb, call), id),
  };
}

export type OrdersApiInTest = Awaited<ReturnType<typeof openOrdersApi>>;

/** The ids of the orders in an answer. */
export async function idsIn(response: Response): Promise<string[]> {
  const { orders }: { orders: readonly { id: string }[] } = await response.json();
  return orders.map(({ id }) => id);
}

export async function orderIn(response: Response): Promise<Record<string, unknown> & { id: string }> {
  const { order }: { order: Record<string, unknown> & { id: string } } = await response.json();
  return order;
}
