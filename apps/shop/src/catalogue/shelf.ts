import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { findProduct, listProducts, type Product, type Reader } from './products.ts';

/** The catalogue as the person at this page may see it: the session's permissions decide. */
export async function productsForPage(): Promise<Product[]> {
  const who = await reader();
  return listProducts(await deps().database(), who);
}

export async function productForPage(slug: string): Promise<Product | undefined> {
  const who = await reader();
  return findProduct(await deps().database(), who, slug);
}

// Asked first: it reads the request's cookies, which tells a build that this page is made at each request.
async function reader(): Promise<Reader> {
  const session = await auth();
  return { seesMemberPrices: session?.can('shop:prices.member') ?? false };
}
