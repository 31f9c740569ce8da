import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { findProduct, listProducts, type Product, type Reader } from './products.ts';

/** The products as the session's permissions let the person see them. */
export async function listProductsForSession(): Promise<Product[]> {
  const reader = await readerOfSession();
  return listProducts(await deps().database(), reader);
}

export async function findProductForSession(slug: string): Promise<Product | undefined> {
  const reader = await readerOfSession();
  return findProduct(await deps().database(), reader, slug);
}

// Comes before the database: reading the cookies tells a build that this page is made at each request.
async function readerOfSession(): Promise<Reader> {
  const session = await auth();
  return { seesMemberPrices: session?.can('shop:prices.member') ?? false };
}
