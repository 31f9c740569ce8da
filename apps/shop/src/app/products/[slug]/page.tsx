import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { findProductForSession } from '../../../catalogue/products-for-session.ts';
import { ProductDetails } from '../../../components/product-details.tsx';
import { SitePage } from '../../../components/site-page.tsx';
import { PostsFromBlog } from '../../../blog/posts-from-blog.tsx';

type Props = PageProps<'/products/[slug]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const product = await findProductForSession((await params).slug);
  return product ? { title: product.name, description: product.summary } : {};
}

export default async function ProductPage({ params }: Props) {
  const { slug } = await params;
  const product = await findProductForSession(slug);
  if (!product) notFound();
  const path = `/products/${product.slug}`;
  return (
    <SitePage path={path}>
      <ProductDetails product={product} path={path} />
      <PostsFromBlog product={product} />
    </SitePage>
  );
}
