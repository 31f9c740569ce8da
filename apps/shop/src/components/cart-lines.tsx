import { priceText } from '@sso/site/products';
import { SubmitButton } from '@sso/site/submit-button';
import Link from 'next/link';
import { changeCart } from '../cart/actions.ts';
import { MAX_QUANTITY } from '../cart/cart.ts';
import { Illustration } from '../illustrations/illustration.tsx';
import type { QuoteLine } from '../orders/quote.ts';

export function CartLines({ lines }: { readonly lines: readonly QuoteLine[] }) {
  return (
    <ul className="cart-lines">
      {lines.map((line) => (
        <CartLine key={line.slug} line={line} />
      ))}
    </ul>
  );
}

function CartLine({ line }: { readonly line: QuoteLine }) {
  const { slug, name, quantity, listPriceCents, unitPriceCents } = line;
  return (
    <li className="cart-line">
      <Illustration slug={slug} />
      <div className="cart-line-text">
        <h2>
          <Link href={`/products/${slug}`}>{name}</Link>
        </h2>
        <p className="muted text-sm">
          {priceText(unitPriceCents)} each
          {unitPriceCents < listPriceCents && `, as a member; others pay ${priceText(listPriceCents)}`}
        </p>
        <StockProblem line={line} />
        <QuantityForm line={line} />
      </div>
      <p className="cart-line-sum">{priceText(quantity * unitPriceCents)}</p>
    </li>
  );
}

function StockProblem({ line: { slug, quantity, stock } }: { readonly line: QuoteLine }) {
  if (quantity <= stock) return null;
  return (
    <p className="field-error" id={`stock-${slug}`}>
      {stock === 0 ? 'Sold out by now: take it out of the cart.' : `Only ${stock} left: take fewer.`}
    </p>
  );
}

function QuantityForm({ line: { slug, name, quantity, stock } }: { readonly line: QuoteLine }) {
  const problem = quantity > stock ? { 'aria-invalid': true, 'aria-describedby': `stock-${slug}` } : {};
  return (
    // The key has the field follow the cart.
    <form key={quantity} action={changeCart} className="row">
      <input type="hidden" name="slug" value={slug} />
      <label className="visually-hidden" htmlFor={`quantity-${slug}`}>
        How many of {name}
      </label>
      <input
        {...problem}
        id={`quantity-${slug}`}
        className="quantity"
        name="quantity"
        type="number"
        inputMode="numeric"
        min={0}
        max={MAX_QUANTITY}
        defaultValue={quantity}
        required
      />
      <SubmitButton className="button quiet small" pending="Changing …">
        Change<span className="visually-hidden"> the number of {name}</span>
      </SubmitButton>
      <SubmitButton className="link-button" name="remove" value="true" pending="Removing …">
        Remove<span className="visually-hidden"> {name}</span>
      </SubmitButton>
    </form>
  );
}
