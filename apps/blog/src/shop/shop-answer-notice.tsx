import { apps } from '@sso/domains';
import type { ShopAnswer } from './ask-shop.ts';

const shop = apps.shop.title;
const provider = apps.idp.title;

/** Where stock and prices came from, or why they are missing and what brings them back. */
export function ShopAnswerNotice({ answer }: { readonly answer: ShopAnswer }) {
  if (answer.state !== 'answered') return <p>{reasons[answer.state]}</p>;
  return answer.products.some(({ memberPrice }) => memberPrice) ? (
    <MemberPriceSource />
  ) : (
    <MissingMemberPrice />
  );
}

const reasons = {
  'shop-unavailable': `${shop} does not answer just now, so stock and prices are missing. The note is all here.`,
  'provider-unavailable': `${provider}, which vouches for you at ${shop}, does not answer just now. Stock and prices come back with it; the note is all here.`,
  refused: `${shop} may not be asked in your name any more: your sign-on session at ${provider} has ended, or you may no longer read its list. Signing in again clears it up.`,
};

function MemberPriceSource() {
  return (
    <p>
      {shop} told us just now, for you: this site showed it a token that stands for you and carries{' '}
      <code className="code">shop:prices.member</code>.
    </p>
  );
}

function MissingMemberPrice() {
  return (
    <>
      <p>
        <strong>Why no member price?</strong> The token that stands for you at {shop} does not carry{' '}
        <code className="code">shop:prices.member</code>, so the shop kept it to itself.
      </p>
      <p>
        It comes with the role <em>member</em>. Whoever runs {provider} can give it to you, and it counts
        within ten minutes.
      </p>
    </>
  );
}
