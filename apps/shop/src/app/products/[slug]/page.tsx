import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { productForPage } from '../../../catalogue/shelf.ts';
import { ProductDetails } from '../../../frame/product-details.tsx';
import { SitePage } from '../../../frame/site-page.tsx';
import { NotesFromBlog } from '../../../notes/notes-from-blog.tsx';

type Props = PageProps<'/products/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await productForPage((await params).slug);
  return product ? { title: product.name, description: product.summary } : {};
}

export default async function ProductPage({ params }: Props) {
  const { slug } = await params;
  const product = await productForPage(slug);
  if (!product) notFound();
  const path = `/products/${product.slug}`;
  return (
    <SitePage path={path}>
      <ProductDetails product={product} path={path} />
      <NotesFromBlog product={product} path={path} />
    </SitePage>
  );
}
