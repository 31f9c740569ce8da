import { priceText } from '../catalogue/money.ts';
import type { Product } from '../catalogue/products.ts';

/** The price a reader pays; members see theirs first and the list price beside it. */
export function Price({ product }: { readonly product: Product }) {
  const list = priceText(product.priceCents);
  if (product.memberPriceCents === undefined) {
    return (
      <p className="price">
        <strong>{list}</strong>
      </p>
    );
  }
  return (
    <p className="price">
      <strong>{priceText(product.memberPriceCents)}</strong>
      <span className="badge accent">Member price</span>
      <del>
        <span className="visually-hidden">List price </span>
        {list}
      </del>
    </p>
  );
}
