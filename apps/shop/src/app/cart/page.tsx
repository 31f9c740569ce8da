import { MessagePage, Notice } from '@sso/ui';
import type { Metadata } from 'next';
import { quoteForSession } from '../../cart/cart-for-session.ts';
import { CartLines } from '../../components/cart-lines.tsx';
import { CartSummary } from '../../components/cart-summary.tsx';
import { SitePage } from '../../components/site-page.tsx';
import { Mark } from '../../illustrations/mark.tsx';

export const metadata: Metadata = { title: 'Cart' };

export default async function CartPage({ searchParams }: PageProps<'/cart'>) {
  const quote = await quoteForSession();
  const refusal = refusals.get(String((await searchParams)['refused']));
  return (
    <SitePage path="/cart">
      {quote.lines.length === 0 ? (
        <EmptyCart />
      ) : (
        <div className="page cart">
          <header className="cart-head">
            <p className="eyebrow">Cart</p>
            <h1>What goes into the bag</h1>
            {refusal !== undefined && (
              <div role="alert">
                <Notice tone="bad" title={refusal.title}>
                  {refusal.text}
                </Notice>
              </div>
            )}
          </header>
          <CartLines lines={quote.lines} />
          <CartSummary quote={quote} />
        </div>
      )}
    </SitePage>
  );
}

function EmptyCart() {
  const actions = [{ href: '/', label: 'See the list' }];
  return (
    <MessagePage eyebrow="Cart" title="Nothing in the bag yet" mark={<Mark />} actions={actions}>
      <p>Ten things are on the list. A red lamp is where most people begin.</p>
    </MessagePage>
  );
}

/** Why nothing was ordered or changed, by the code in the address. */
const refusals: ReadonlyMap<string, { readonly title: string; readonly text: string }> = new Map([
  [
    'cart_changed',
    {
      title: 'Nothing was ordered',
      text: 'The cart or its prices are not what you had seen: please look again.',
    },
  ],
  [
    'sold_out',
    { title: 'Nothing was ordered', text: 'Somebody was faster. What the stock does not cover is marked.' },
  ],
  ['quantity', { title: 'Nothing was changed', text: 'The number has to be a whole one, 99 at most.' }],
  ['product', { title: 'Nothing was added', text: 'The shop does not have this any more.' }],
]);
