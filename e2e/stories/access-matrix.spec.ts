import { permissionsOfRoles } from '@sso/auth/access';
import { access, apps, type Permission } from '@sso/domains';
import { expect, test } from '../fixtures/test.ts';
import { type CookieJar, createCookieJar, visit } from '../support/cookie-jar.ts';
import { findForm, sendAction } from '../support/server-action.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { bearer, placeOrderAs, postOrder } from '../support/shop-orders.ts';
import { NAVIGATION, signInOverHttp } from '../support/sign-in-over-http.ts';
import { tokensOf } from '../support/tokens.ts';

/** What came of one try: `done`, `refused` in the right way, or what happened instead. */
type Outcome = string;

/** Somebody who tries: with a token, with a session, or with neither. */
interface Trier {
  readonly stack: StackInfo;
  readonly token: string | undefined;
  readonly jar: CookieJar;
}

type Try = (trier: Trier) => Promise<Outcome>;

interface Tries {
  readonly api: Try;
  readonly page: Try;
  /** Absent where no Server Action asks for the permission. */
  readonly action?: Try;
}

type ShopPermission = Extract<Permission, `shop:${string}`>;

/** How each permission of the shop is tried. A permission that is missing here does not compile. */
const tries: Readonly<Record<ShopPermission, Tries>> = {
  'shop:products.read': { api: get('/api/products'), page: open('/') },
  'shop:prices.member': {
    api: get('/api/products/red-headlamp', /memberPrice/),
    page: open('/products/red-headlamp', /Member price(?!s)/),
  },
  'shop:orders.create': {
    api: ({ stack, token }) => postOrder(stack, token, 'planisphere').then(outcomeOfCall),
    page: async (trier) => {
      await fillCart(trier);
      return open('/cart', /name="shown"/)(trier);
    },
    action: async (trier) => {
      await fillCart(trier);
      return sendForm(trier, '/cart', await buyersForm(trier.stack));
    },
  },
  'shop:orders.read': { api: get('/api/orders'), page: open('/orders') },
  'shop:orders.read-any': { api: get('/api/orders?all=true'), page: open('/support') },
  'shop:orders.refund': {
    api: async ({ stack, token }) => {
      const id = await placeOrderAs(stack, 'ben', 'planisphere');
      const response = await fetch(`${stack.origins.shop}/api/orders/${id}/refund`, {
        method: 'POST',
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify({ reason: 'Arrived broken' }),
      });
      return outcomeOfCall(response);
    },
    page: async (trier) => {
      const id = await placeOrderAs(trier.stack, 'ben', 'planisphere');
      return open(`/orders/${id}`, /name="reason"/)(trier);
    },
    action: async (trier) => {
      const id = await placeOrderAs(trier.stack, 'ben', 'planisphere');
      const fields = await staffForm(trier.stack, id);
      fields.set('reason', 'Arrived broken');
      return sendForm(trier, `/orders/${id}`, fields);
    },
  },
};

/** Pages that everybody may see: the permission is asked of those who call the API. */
const openToAll: readonly ShopPermission[] = ['shop:products.read'];

const ways = ['api', 'page', 'action'] as const;
const triers = [...Object.keys(access.roles), 'nobody', 'a visitor'];
const permissions = Object.keys(tries).filter((name): name is ShopPermission => name in tries);
const cells = triers.flatMap((who) =>
  permissions.flatMap((permission) =>
    ways.flatMap((way) => (tries[permission][way] ? [{ who, permission, way }] : [])),
  ),
);

test.describe(`A-08 the contract at the shop, ${cells.length} cells of role × permission × (API, page, Server Action)`, () => {
  for (const who of triers) {
    for (const way of ways) {
      const own = cells.filter((cell) => cell.who === who && cell.way === way);
      test(`${who}, ${way}: ${own.length} cells`, async ({ stack }) => {
        const trier = await createTrier(stack, who);
        const found: Record<string, Outcome> = {};
        for (const { permission } of own) {
          found[permission] = (await tries[permission][way]?.(trier)) ?? 'not tried';
        }
        const expected = own.map(({ permission }): [string, Outcome] => [
          permission,
          isAllowed(who, permission, way) ? 'done' : 'refused',
        ]);
        expect(found).toEqual(Object.fromEntries(expected));
      });
    }
  }
});

function isAllowed(who: string, permission: ShopPermission, way: (typeof ways)[number]): boolean {
  if (way === 'page' && openToAll.includes(permission)) return true;
  return permissionsOfRoles(access, [who], apps.shop.audience).includes(permission);
}

async function createTrier(stack: StackInfo, who: string): Promise<Trier> {
  const jar = createCookieJar();
  if (who === 'a visitor') {
    // As after the question whether they are signed in elsewhere.
    jar.put(stack.origins.shop, '__Host-silent', '1');
    return { stack, jar, token: undefined };
  }
  const roles = who === 'nobody' ? '' : who;
  const person = stack.people.find((one) => one.roles.join() === roles);
  if (!person) throw new Error(`no demo person has the role ${who} alone`);
  await signInOverHttp(jar, stack, 'shop', person.username);
  const { access_token: token } = await tokensOf(stack, 'shop', person.username);
  return { stack, jar, token };
}

/** A call that is answered with what the permission shows. */
function get(path: string, shows = /./): Try {
  return async ({ stack, token }) => {
    const response = await fetch(stack.origins.shop + path, { headers: bearer(token) });
    if (!response.ok) return outcomeOfCall(response);
    return shows.test(await response.text()) ? 'done' : 'refused';
  };
}

function outcomeOfCall(response: Response): Outcome {
  const challenge = response.headers.get('www-authenticate') ?? '';
  if (response.ok) return 'done';
  if (response.status === 401 && /^Bearer realm="[^"]+"$/.test(challenge)) return 'refused';
  if (response.status === 403 && challenge.includes('error="insufficient_scope"')) return 'refused';
  return `${response.status} ${challenge}`;
}

/** A page that shows what the permission shows, or leads to the login, says no, or does not have it. */
function open(path: string, shows = /<main/): Try {
  return async ({ stack, jar }) => {
    const response = await visit(jar, stack.origins.shop + path, { headers: NAVIGATION });
    if (response.status === 200) return shows.test(await response.text()) ? 'done' : 'refused';
    return outcomeOfPage(response);
  };
}

function outcomeOfPage({ status, headers }: Response): Outcome {
  const location = headers.get('location') ?? '';
  if (status === 403 || status === 404) return 'refused';
  if (status === 303 && location.includes('/auth/login')) return 'refused';
  return status === 303 ? 'done' : `${status} ${location}`;
}

/** A form that somebody with the permission was shown, sent by this one. */
async function sendForm({ stack, jar }: Trier, path: string, fields: URLSearchParams): Promise<Outcome> {
  return outcomeOfPage(await sendAction(jar, stack.origins.shop + path, fields));
}

async function fillCart({ stack, jar }: Trier): Promise<void> {
  const page = `${stack.origins.shop}/products/planisphere`;
  const form = await findForm(jar, page, 'quantity');
  if (form) await sendAction(jar, page, form.fields);
}

async function buyersForm(stack: StackInfo): Promise<URLSearchParams> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'ada');
  await fillCart({ stack, jar, token: undefined });
  return requireFields(await findForm(jar, `${stack.origins.shop}/cart`, 'shown'));
}

async function staffForm(stack: StackInfo, id: string): Promise<URLSearchParams> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'shop', 'sol');
  return requireFields(await findForm(jar, `${stack.origins.shop}/orders/${id}`, 'reason'));
}

function requireFields(form: { readonly fields: URLSearchParams } | undefined): URLSearchParams {
  if (!form) throw new Error('who holds the permission is shown no form');
  return form.fields;
}
