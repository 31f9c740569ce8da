import { apps } from '@sso/domains';
import { apiFetch } from '../auth.ts';
import { deps } from '../deps.ts';
import { askShop } from './ask-shop.ts';
import { InsertReference } from './insert-reference.tsx';

const shop = apps.shop.title;

/** What the shop has, each with the reference that links to it. By the person's token; an editor works without it, too. */
export async function ProductPicker() {
  const answer = await askShop({
    shopUrl: deps().env.SHOP_URL,
    slugs: [],
    fetch: (url, init) => apiFetch(apps.shop.audience, url, init),
  });
  return (
    <details className="picker">
      <summary>Things from {shop}</summary>
      {answer.state === 'answered' ? (
        <>
          <p className="text-soft">
            A reference in the text becomes a link, and the note shows stock and each reader’s own price
            beside it.
          </p>
          <ul>
            {answer.products.map(({ slug, name }) => (
              <li key={slug}>
                <bdi>{name}</bdi>
                <code className="code">{referenceTo(slug, name)}</code>
                <InsertReference into="body" reference={referenceTo(slug, name)} name={name} />
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p className="notice">
          {shop} does not show its list just now. A reference is written like this:{' '}
          <code className="code">[words](shop:its-slug)</code>
        </p>
      )}
    </details>
  );
}

/** What ends a link's words in Markdown is left out of them. */
const referenceTo = (slug: string, name: string) => `[${name.replaceAll(/[[\]\\]/g, '')}](shop:${slug})`;
