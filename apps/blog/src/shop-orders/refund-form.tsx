import { KeptForm } from '@sso/auth/react';
import { priceText } from '@sso/site/products';
import { SubmitButton } from '@sso/site/submit-button';
import { refundAtShop } from './actions.ts';
import type { ShopOrder } from './shop-orders.ts';

/** What is typed outlives the sign-in that the shop may ask for. */
export function RefundForm({ order }: { readonly order: ShopOrder }) {
  return (
    <section className="panel stack" aria-labelledby="refund">
      <h2 id="refund">Refund it</h2>
      <p className="text-soft">
        The things go back into stock, and whoever ordered them sees the reason. A refund needs a sign-in
        younger than five minutes: where yours is older you are asked for your passphrase, and what you type
        here stays.
      </p>
      <KeptForm action={refundAtShop} name="refund" className="stack">
        <input type="hidden" name="order" value={order.id} />
        <div className="field">
          <label htmlFor="reason">Why</label>
          <input id="reason" name="reason" required maxLength={200} autoComplete="on" />
        </div>
        <SubmitButton className="button danger self-start" pending="Refunding …">
          Refund {priceText(order.total.amount)}
        </SubmitButton>
      </KeptForm>
    </section>
  );
}
