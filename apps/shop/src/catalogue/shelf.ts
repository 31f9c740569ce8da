import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { findProduct, listProducts, type Product, type Reader } from './products.ts';

/** The catalogue as the person at this page may see it: the session's permissions decide. */
export async function productsForPage(): Promise<Product[]> {
  return listProducts(await deps().database(), await reader());
}

export async function productForPage(slug: string): Promise<Product | undefined> {
  return findProduct(await deps().database(), await reader(), slug);
}

async function reader(): Promise<Reader> {
  const session = await auth();
  return { seesMemberPrices: session?.can('shop:prices.member') ?? false };
}
