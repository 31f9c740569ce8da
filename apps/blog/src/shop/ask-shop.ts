import { isAuthError } from '@sso/auth';
import { z } from 'zod';

const money = z.object({ amount: z.int(), currency: z.literal('EUR') });

/** The part of the shop's answer that a post shows: more is ignored, less is refused. */
const productList = z.object({
  products: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      url: z.url(),
      price: money,
      memberPrice: money.optional(),
      stock: z.int(),
      ordered: z.boolean().optional(),
    }),
  ),
});

export type ShopProduct = z.infer<typeof productList>['products'][number];

/** The shop's answer, or why there is none. */
export type ShopAnswer =
  | { readonly state: 'answered'; readonly products: readonly ShopProduct[] }
  /** The shop did not answer in time, or not in a way that can be read. */
  | { readonly state: 'shop-unavailable' }
  /** The provider did not answer, so there is no token to ask the shop with. */
  | { readonly state: 'provider-unavailable' }
  /** The provider or the shop refused: the sign-on session has ended, or the permission to read is gone. */
  | { readonly state: 'refused' };

interface AskShopOptions {
  /** The shop's origin. */
  readonly shopUrl: string;
  /** The products in question. */
  readonly slugs: readonly string[];
  /** A fetch that adds the bearer token for the shop's API, and throws an `AuthError` when it cannot get one. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const TIMEOUT_MILLISECONDS = 2500;

/** Asks the shop about products with a token for the reader. It never throws: a post stays readable whatever the shop does. */
export async function askShop({ shopUrl, slugs, fetch }: AskShopOptions): Promise<ShopAnswer> {
  const url = new URL('/api/products', shopUrl);
  for (const slug of slugs) url.searchParams.append('slug', slug);
  try {
    const response = await fetch(url.href, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    if (response.status === 401 || response.status === 403) return { state: 'refused' };
    if (!response.ok) return { state: 'shop-unavailable' };
    return { state: 'answered', products: productList.parse(await response.json()).products };
  } catch (error) {
    if (!isAuthError(error)) return { state: 'shop-unavailable' };
    return { state: error.transient ? 'provider-unavailable' : 'refused' };
  }
}
