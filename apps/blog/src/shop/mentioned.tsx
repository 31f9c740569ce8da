import { authPaths } from '@sso/auth/wire';
import { apps } from '@sso/domains';
import { apiFetch, auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { askShop, type ShopProduct } from './mentioned-products.ts';
import { AnswerWord } from './answer-word.tsx';
import { nameOfSlug, priceText, stockText } from './words.ts';

interface MentionedProps {
  readonly slugs: readonly string[];
  /** The post's own address: where signing in leads back to. */
  readonly path: string;
}

/** The products a post mentions, with stock and prices that the shop told just now, in the reader's name. */
export async function Mentioned({ slugs, path }: MentionedProps) {
  const { SHOP_URL } = deps().env;
  const session = await auth();
  const answer =
    session &&
    (await askShop({
      shopUrl: SHOP_URL,
      slugs,
      fetch: (url, init) => apiFetch(apps.shop.audience, url, init),
    }));
  return (
    <aside className="mentioned" aria-labelledby="mentioned">
      <h2 id="mentioned">Mentioned in this note</h2>
      {answer?.state === 'answered' ? (
        <Answered products={answer.products} />
      ) : (
        <Names slugs={slugs} shopUrl={SHOP_URL} />
      )}
      <div className="mentioned-word">
        {answer ? <AnswerWord answer={answer} /> : <Invitation path={path} />}
      </div>
    </aside>
  );
}

function Answered({ products }: { readonly products: readonly ShopProduct[] }) {
  return (
    <ul>
      {products.map((product) => (
        <li key={product.slug}>
          <a href={product.url}>{product.name}</a>
          <Price product={product} />
          <span className={product.stock > 0 ? 'badge good' : 'badge'}>{stockText(product.stock)}</span>
        </li>
      ))}
    </ul>
  );
}

function Price({ product: { price, memberPrice } }: { readonly product: ShopProduct }) {
  if (!memberPrice) return <span className="price">{priceText(price.amount)}</span>;
  return (
    <span className="price">
      <strong>{priceText(memberPrice.amount)}</strong>
      <span className="badge accent">Member price</span>
      <del>
        <span className="visually-hidden">List price </span>
        {priceText(price.amount)}
      </del>
    </span>
  );
}

/** Only the names: nobody was asked, or nobody answered. */
function Names({ slugs, shopUrl }: { readonly slugs: readonly string[]; readonly shopUrl: string }) {
  return (
    <ul>
      {slugs.map((slug) => (
        <li key={slug}>
          <a href={`${shopUrl}/products/${slug}`}>{nameOfSlug(slug)}</a>
        </li>
      ))}
    </ul>
  );
}

function Invitation({ path }: { readonly path: string }) {
  return (
    <p>
      <a href={`${authPaths.login}?return_to=${encodeURIComponent(path)}`}>Sign in</a> and this page asks{' '}
      {apps.shop.title} what is in stock, and what it costs you.
    </p>
  );
}
