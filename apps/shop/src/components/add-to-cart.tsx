import { SubmitButton } from '@sso/site/submit-button';
import { putIntoCart } from '../cart/actions.ts';
import { MAX_QUANTITY } from '../cart/cart.ts';
import type { Product } from '../catalogue/products.ts';

/** The way into the cart; nobody has to sign in for it. */
export function AddToCart({ product: { slug, name, stock } }: { readonly product: Product }) {
  if (stock === 0) {
    return <p className="muted">Sold out. We make no more until the nights are long again.</p>;
  }
  return (
    <form action={putIntoCart} className="add-to-cart">
      <input type="hidden" name="slug" value={slug} />
      <label className="visually-hidden" htmlFor="quantity">
        How many of {name}
      </label>
      <input
        id="quantity"
        className="quantity"
        name="quantity"
        type="number"
        inputMode="numeric"
        min={1}
        max={Math.min(stock, MAX_QUANTITY)}
        defaultValue={1}
        required
      />
      <SubmitButton pending="Adding …">Add to the cart</SubmitButton>
    </form>
  );
}
