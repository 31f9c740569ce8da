import { priceText } from '@sso/site/products';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requirePermission } from '../../auth.ts';
import { listProductsForSession } from '../../catalogue/products-for-session.ts';
import { SitePage } from '../../components/site-page.tsx';

export const metadata: Metadata = { title: 'Member prices' };

export default async function MembersPage() {
  await requirePermission('shop:prices.member', '/members');
  const products = await listProductsForSession();
  return (
    <SitePage path="/members">
      <div className="page flex flex-col gap-8 pt-10">
        <header className="flex flex-col gap-3">
          <p className="eyebrow">For members</p>
          <h1>Your prices, side by side</h1>
          <p className="max-w-2xl text-soft">
            This page opens for <code className="code">shop:prices.member</code> and for nothing else. The
            prices are in the shop’s own database; another site learns them only with a token that stands for
            you.
          </p>
        </header>
        <table className="prices">
          <caption className="visually-hidden">List prices and member prices</caption>
          <thead>
            <tr>
              <th scope="col">Product</th>
              <th scope="col">List price</th>
              <th scope="col">Member price</th>
            </tr>
          </thead>
          <tbody>
            {products.map((product) => (
              <tr key={product.slug}>
                <th scope="row">
                  <Link href={`/products/${product.slug}`}>{product.name}</Link>
                </th>
                <td>{priceText(product.priceCents)}</td>
                <td>
                  <strong>{priceText(product.memberPriceCents ?? product.priceCents)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </SitePage>
  );
}
