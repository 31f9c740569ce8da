import { blogApi } from '../../../../../api/wired-blog-api.ts';

export async function POST(request: Request, { params }: RouteContext<'/api/posts/[slug]/unpublish'>) {
  const { slug } = await params;
  return blogApi().posts.unpublish(request, slug);
}
