import { apps } from '@sso/domains';
import { loginHref } from '@sso/auth/wire';
import { MemberPrice, priceText, StockBadge } from '@sso/site/products';
import { apiFetch, auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { askShop, type ShopProduct } from './ask-shop.ts';
import { ShopAnswerNotice } from './shop-answer-notice.tsx';
import { productNameFromSlug } from './product-name-from-slug.ts';

interface MentionedProductsProps {
  readonly slugs: readonly string[];
  /** The post's own address: where signing in leads back to. */
  readonly path: string;
}

/** The products a post mentions, with the stock and the prices that the shop's API gives for the reader. */
export async function MentionedProducts({ slugs, path }: MentionedProductsProps) {
  const { SHOP_URL } = deps().env;
  if (slugs.length === 0) return null;
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
        <ProductList products={answer.products} slugs={slugs} />
      ) : (
        <ProductNames slugs={slugs} shopUrl={SHOP_URL} />
      )}
      <div className="mentioned-notice">
        {answer ? <ShopAnswerNotice answer={answer} /> : <SignInInvitation path={path} />}
      </div>
    </aside>
  );
}

interface ProductListProps {
  readonly products: readonly ShopProduct[];
  /** All that the post mentions. */
  readonly slugs: readonly string[];
}

function ProductList({ products, slugs }: ProductListProps) {
  const gone = slugs.filter((slug) => !products.some((product) => product.slug === slug));
  return (
    <ul>
      {products.map((product) => (
        <li key={product.slug}>
          <a href={product.url}>
            <bdi>{product.name}</bdi>
          </a>
          <Price product={product} />
          <span className="row">
            <StockBadge stock={product.stock} />
            {product.ordered === true && <span className="badge accent">Ordered by you</span>}
          </span>
        </li>
      ))}
      {gone.map((slug) => (
        <li key={slug}>
          <span>{productNameFromSlug(slug)}</span>
          <span className="muted">No longer in the catalogue</span>
        </li>
      ))}
    </ul>
  );
}

function Price({ product: { price, memberPrice } }: { readonly product: ShopProduct }) {
  return (
    <span className="price">
      {memberPrice ? (
        <MemberPrice listCents={price.amount} memberCents={memberPrice.amount} />
      ) : (
        priceText(price.amount)
      )}
    </span>
  );
}

/** The names alone: the shop was not asked, or did not answer. */
function ProductNames({ slugs, shopUrl }: { readonly slugs: readonly string[]; readonly shopUrl: string }) {
  return (
    <ul>
      {slugs.map((slug) => (
        <li key={slug}>
          <a href={`${shopUrl}/products/${slug}`}>{productNameFromSlug(slug)}</a>
        </li>
      ))}
    </ul>
  );
}

function SignInInvitation({ path }: { readonly path: string }) {
  return (
    <p>
      <a href={loginHref(path)}>Sign in</a> and this page asks {apps.shop.title} what is in stock, and what it
      costs you.
    </p>
  );
}
