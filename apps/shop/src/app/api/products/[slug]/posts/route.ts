import { productPostsApi } from '../../../../../api/wired-product-posts-api.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/products/[slug]/posts'>) {
  const { slug } = await params;
  return productPostsApi().list(request, slug);
}
