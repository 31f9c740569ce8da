import { productsForPage } from '../catalogue/shelf.ts';
import { Hero } from '../frame/hero.tsx';
import { ProductCard } from '../frame/product-card.tsx';
import { SitePage } from '../frame/site-page.tsx';

export default async function HomePage() {
  const products = await productsForPage();
  return (
    <SitePage path="/">
      <Hero />
      <section className="page flex flex-col gap-8" aria-labelledby="shelf">
        <h2 id="shelf">The whole list, ten things long</h2>
        <ul className="shelf">
          {products.map((product) => (
            <ProductCard key={product.slug} product={product} />
          ))}
        </ul>
      </section>
    </SitePage>
  );
}
