import { blogApi } from '../../../../api/wired-blog-api.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/posts/[slug]'>) {
  const { slug } = await params;
  return blogApi().posts.show(request, slug);
}
