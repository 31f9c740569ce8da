import { KeptForm } from '@sso/auth/react';
import type { SessionView } from '@sso/auth/session';
import { priceText } from '@sso/site/products';
import { SubmitButton } from '@sso/site/submit-button';
import { refund } from '../orders/actions.ts';
import type { Order } from '../orders/order.ts';
import { REFUND_MAX_AGE_SECONDS } from '../orders/refund-order.ts';
import { MAX_REASON_LENGTH } from '../orders/refund-reason.ts';

interface RefundFormProps {
  readonly order: Order;
  readonly session: Pick<SessionView, 'proves'>;
}

/** For support. What is typed outlives the sign-in that a refund may ask for. */
export function RefundForm({ order, session }: RefundFormProps) {
  const isRecent = session.proves({ maxAgeSeconds: REFUND_MAX_AGE_SECONDS });
  return (
    <section className="panel stack" aria-labelledby="refund">
      <h2 id="refund">Refund it</h2>
      <p className="text-soft">
        The things go back into stock, and whoever ordered them sees the reason. This can’t be undone.
      </p>
      <KeptForm action={refund} name="refund" className="stack">
        <input type="hidden" name="order" value={order.id} />
        <div className="field">
          <label htmlFor="reason">Why</label>
          <input id="reason" name="reason" required maxLength={MAX_REASON_LENGTH} autoComplete="on" />
          {!isRecent && (
            <small>
              A refund needs a sign-in younger than {REFUND_MAX_AGE_SECONDS / 60} minutes, and yours is older:
              you will be asked for your passphrase. What you type here stays.
            </small>
          )}
        </div>
        <SubmitButton className="button danger self-start" pending="Refunding …">
          Refund {priceText(order.totalCents)}
        </SubmitButton>
      </KeptForm>
    </section>
  );
}
