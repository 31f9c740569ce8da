import type { Product } from '../catalogue/products.ts';
import { euros, type Money } from './money.ts';

/** A product as the API answers it. `memberPrice` is there for holders of `shop:prices.member` only. */
export interface ProductView {
  readonly slug: string;
  readonly name: string;
  readonly kind: string;
  readonly summary: string;
  readonly url: string;
  readonly price: Money;
  readonly memberPrice?: Money;
  readonly stock: number;
  /** Whether the person has ordered it and not given it back: for holders of `shop:orders.read` only. */
  readonly ordered?: boolean;
}

/** @param ordered the products that the person has ordered, where the token lets that be told */
export function productView(
  product: Product,
  baseUrl: string,
  ordered: ReadonlySet<string> | undefined,
): ProductView {
  const { slug, name, kind, summary, priceCents, memberPriceCents, stock } = product;
  return {
    slug,
    name,
    kind,
    summary,
    url: `${baseUrl}/products/${encodeURIComponent(slug)}`,
    price: euros(priceCents),
    ...(memberPriceCents === undefined ? {} : { memberPrice: euros(memberPriceCents) }),
    stock,
    ...(ordered && { ordered: ordered.has(slug) }),
  };
}
