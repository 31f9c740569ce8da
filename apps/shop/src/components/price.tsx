import { MemberPrice, priceText } from '@sso/site/products';
import type { Product } from '../catalogue/products.ts';

/** The price a reader pays; members see theirs first and the list price beside it. */
export function Price({ product: { priceCents, memberPriceCents } }: { readonly product: Product }) {
  return (
    <p className="price">
      {memberPriceCents === undefined ? (
        <strong>{priceText(priceCents)}</strong>
      ) : (
        <MemberPrice listCents={priceCents} memberCents={memberPriceCents} />
      )}
    </p>
  );
}
