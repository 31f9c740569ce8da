import { apps } from '@sso/domains';
import { MessagePage } from '@sso/ui';
import { Mark } from '../components/mark.tsx';

const shop = apps.shop.title;

/** The shop or the provider does not answer, so there is nothing to show. */
export function ShopAway({ path }: { readonly path: string }) {
  const actions = [
    { href: path, label: 'Try again' },
    { href: '/', label: 'All notes' },
  ];
  return (
    <MessagePage eyebrow="Away" title={`${shop} does not answer`} mark={<Mark />} actions={actions}>
      <p>Its orders can’t be shown just now, and nothing was changed. Please try again in a moment.</p>
    </MessagePage>
  );
}
