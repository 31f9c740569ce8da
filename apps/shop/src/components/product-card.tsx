import { StockBadge } from '@sso/site/products';
import Link from 'next/link';
import type { Product } from '../catalogue/products.ts';
import { Illustration } from '../illustrations/illustration.tsx';
import { Price } from './price.tsx';

export function ProductCard({ product }: { readonly product: Product }) {
  return (
    <li className="card">
      <Illustration slug={product.slug} />
      <div className="card-text">
        <h3>
          <Link href={`/products/${product.slug}`}>{product.name}</Link>
        </h3>
        <p className="text-soft">{product.summary}</p>
        <p className="card-more">{product.description[0]}</p>
      </div>
      <div className="card-foot">
        <Price product={product} />
        <StockBadge stock={product.stock} />
      </div>
    </li>
  );
}
