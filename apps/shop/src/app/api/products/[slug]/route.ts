import { productsApi } from '../../../../api/wired-products-api.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/products/[slug]'>) {
  const { slug } = await params;
  return productsApi().show(request, slug);
}
