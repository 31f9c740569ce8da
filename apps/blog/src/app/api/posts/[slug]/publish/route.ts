import { blogApi } from '../../../../../api/wired-blog-api.ts';

export async function POST(request: Request, { params }: RouteContext<'/api/posts/[slug]/publish'>) {
  const { slug } = await params;
  return blogApi().posts.publish(request, slug);
}
