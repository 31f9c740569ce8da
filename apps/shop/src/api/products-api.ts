import type { ShopDatabase } from '../database/database.ts';
import { findProduct, listProducts, type Product, type Reader } from '../catalogue/products.ts';
import type { ShopResource, ShopToken } from '../deps.ts';
import { findOrderedProducts } from '../orders/ordered-products.ts';
import { createApiGuard, type ObserveApi, ProblemError } from '@sso/site/http';
import { productView } from './product-view.ts';

interface ProductsApiOptions {
  readonly resource: ShopResource;
  readonly database: () => Promise<ShopDatabase>;
  readonly baseUrl: string;
  readonly observe: ObserveApi;
}

const MAX_SLUGS = 50;
const headers = { 'cache-control': 'private, no-store' };

const unknownProduct = {
  status: 404,
  error: 'product_unknown',
  detail: 'The shop has no such product: GET /api/products lists those it has.',
} as const;

const readerOf = (token: ShopToken): Reader => ({ seesMemberPrices: token.can('shop:prices.member') });

/** The products API: bearer tokens only (RFC 6750 §2.1), never the session cookie, so no page can be made to call it. */
export function createProductsApi({ resource, database, baseUrl, observe }: ProductsApiOptions) {
  const guard = createApiGuard(resource, observe);
  const viewsFor = async (token: ShopToken, products: readonly Product[]) => {
    const slugs = products.map(({ slug }) => slug);
    const ordered = token.can('shop:orders.read')
      ? await findOrderedProducts(await database(), token.sub, slugs)
      : undefined;
    return products.map((one) => productView(one, baseUrl, ordered));
  };
  return {
    /** `GET /api/products`, or only some of them: `?slug=flask&slug=tripod`. */
    list: guard(
      async (request, token) => {
        const slugs = new URL(request.url).searchParams.getAll('slug').slice(0, MAX_SLUGS);
        const some = slugs.length === 0 ? undefined : slugs;
        const products = await listProducts(await database(), readerOf(token), some);
        return Response.json({ products: await viewsFor(token, products) }, { headers });
      },
      { permission: 'shop:products.read' },
    ),
    /** `GET /api/products/:slug`. */
    show: guard(
      async (_request, token, slug: string) => {
        const product = await findProduct(await database(), readerOf(token), slug);
        if (!product) throw new ProblemError(unknownProduct);
        const [view] = await viewsFor(token, [product]);
        return Response.json({ product: view }, { headers });
      },
      { permission: 'shop:products.read' },
    ),
  };
}
