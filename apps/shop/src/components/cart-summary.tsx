import { randomUUID } from 'node:crypto';
import { loginHref } from '@sso/auth/wire';
import { MissingPermission } from '@sso/site/pages';
import { priceText } from '@sso/site/products';
import { SubmitButton } from '@sso/site/submit-button';
import { Notice } from '@sso/ui';
import { auth } from '../auth.ts';
import { orderCart } from '../orders/actions.ts';
import type { Quote } from '../orders/quote.ts';

/** The sum, and the way to an order, or why there is none and what would help. */
export async function CartSummary({ quote }: { readonly quote: Quote }) {
  const saved = quote.lines.reduce(
    (sum, { quantity, listPriceCents, unitPriceCents }) => sum + quantity * (listPriceCents - unitPriceCents),
    0,
  );
  return (
    <aside className="panel cart-summary" aria-labelledby="sum">
      <h2 id="sum">Together</h2>
      <p className="cart-total">{priceText(quote.totalCents)}</p>
      {saved > 0 && <p className="muted text-sm">{priceText(saved)} less than the list, as a member.</p>}
      <WayToOrder quote={quote} />
      <p className="muted text-sm">
        Nothing is charged and nothing is sent: this shop is a demonstration. The order itself is real, and so
        is the stock.
      </p>
    </aside>
  );
}

async function WayToOrder({ quote: { lines, digest, totalCents } }: { readonly quote: Quote }) {
  const session = await auth();
  if (!session) {
    return (
      <>
        <a className="button" href={loginHref('/cart')}>
          Sign in to order
        </a>
        <p className="muted text-sm">The cart comes along.</p>
      </>
    );
  }
  if (!session.can('shop:orders.create')) {
    return (
      <Notice title="This account may not order" tone="info">
        <MissingPermission permission="shop:orders.create" />
      </Notice>
    );
  }
  if (lines.some(({ quantity, stock }) => quantity > stock)) {
    return <Notice title="The stock does not cover all of this">Change what is marked, then order.</Notice>;
  }
  return (
    <form action={orderCart}>
      <input type="hidden" name="key" value={randomUUID()} />
      <input type="hidden" name="shown" value={digest} />
      <SubmitButton pending="Ordering …">Order for {priceText(totalCents)}</SubmitButton>
    </form>
  );
}
