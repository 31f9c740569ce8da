import { productsApi } from '../../../../api/index.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/products/[slug]'>) {
  const { slug } = await params;
  return productsApi().show(request, slug);
}
