import type { ShopDatabase } from '../database/database.ts';
import { findProduct, listProducts, type Reader } from '../catalogue/products.ts';
import type { ShopResource } from '../deps.ts';
import { createApiGuard, type ObserveApi, ProblemError } from '@sso/site/http';
import { productView } from './product-view.ts';

interface ProductsApiOptions {
  readonly resource: ShopResource;
  readonly database: () => Promise<ShopDatabase>;
  readonly baseUrl: string;
  readonly observe: ObserveApi;
}

interface TokenBearer {
  can(permission: 'shop:prices.member'): boolean;
}

const MAX_SLUGS = 50;
const headers = { 'cache-control': 'private, no-store' };

const unknownProduct = {
  status: 404,
  error: 'product_unknown',
  detail: 'The shop has no such product: GET /api/products lists those it has.',
} as const;

const readerOf = (token: TokenBearer): Reader => ({ seesMemberPrices: token.can('shop:prices.member') });

/** The products API: bearer tokens only (RFC 6750 §2.1), never the session cookie, so no page can be made to call it. */
export function createProductsApi({ resource, database, baseUrl, observe }: ProductsApiOptions) {
  const guard = createApiGuard(resource, observe);
  return {
    /** `GET /api/products`, or only some of them: `?slug=flask&slug=tripod`. */
    list: guard(
      async (request, token) => {
        const slugs = new URL(request.url).searchParams.getAll('slug').slice(0, MAX_SLUGS);
        const some = slugs.length === 0 ? undefined : slugs;
        const products = await listProducts(await database(), readerOf(token), some);
        return Response.json({ products: products.map((one) => productView(one, baseUrl)) }, { headers });
      },
      { permission: 'shop:products.read' },
    ),
    /** `GET /api/products/:slug`. */
    show: guard(
      async (_request, token, slug: string) => {
        const product = await findProduct(await database(), readerOf(token), slug);
        if (!product) throw new ProblemError(unknownProduct);
        return Response.json({ product: productView(product, baseUrl) }, { headers });
      },
      { permission: 'shop:products.read' },
    ),
  };
}
