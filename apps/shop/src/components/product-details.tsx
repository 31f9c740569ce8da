import { loginHref } from '@sso/auth/wire';
import { StockBadge } from '@sso/site/products';
import { Facts } from '@sso/ui';
import { auth } from '../auth.ts';
import type { Product } from '../catalogue/products.ts';
import { Illustration } from '../illustrations/illustration.tsx';
import { AddToCart } from './add-to-cart.tsx';
import { Price } from './price.tsx';

interface ProductDetailsProps {
  readonly product: Product;
  readonly path: string;
}

export function ProductDetails({ product, path }: ProductDetailsProps) {
  const facts = product.specs.map(([term, value]) => ({ term, value }));
  return (
    <article className="page product">
      <div className="product-picture">
        <Illustration slug={product.slug} />
      </div>
      <div className="flex flex-col gap-6">
        <header className="flex flex-col gap-3">
          <p className="eyebrow">{product.kind}</p>
          <h1>{product.name}</h1>
          <p className="text-lg text-soft">{product.summary}</p>
        </header>
        <div className="product-price">
          <Price product={product} />
          <StockBadge stock={product.stock} />
        </div>
        <AddToCart product={product} />
        <MemberPriceNote product={product} path={path} />
        <div className="flex flex-col gap-4">
          {product.description.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
        <Facts facts={facts} />
      </div>
    </article>
  );
}

/** Why no member price is shown, and how to get one. */
async function MemberPriceNote({ product, path }: ProductDetailsProps) {
  if (product.memberPriceCents !== undefined) return null;
  const session = await auth();
  if (session) {
    return (
      <p className="muted text-sm">
        Members pay less. Your session does not hold <code className="code">shop:prices.member</code>, so the
        price stays in our database. The role <em>member</em> at the provider brings it.
      </p>
    );
  }
  return (
    <p className="muted text-sm">
      Members pay less. <a href={loginHref(path)}>Sign in to see your price</a>.
    </p>
  );
}
