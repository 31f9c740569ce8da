import { listProductsForSession } from '../catalogue/products-for-session.ts';
import { Hero } from '../components/hero.tsx';
import { ProductCard } from '../components/product-card.tsx';
import { SitePage } from '../components/site-page.tsx';

export default async function HomePage() {
  const products = await listProductsForSession();
  return (
    <SitePage path="/">
      <Hero />
      <section className="page flex flex-col gap-8" aria-labelledby="products">
        <h2 id="products">The whole list, ten things long</h2>
        <ul className="product-grid">
          {products.map((product) => (
            <ProductCard key={product.slug} product={product} />
          ))}
        </ul>
      </section>
    </SitePage>
  );
}
