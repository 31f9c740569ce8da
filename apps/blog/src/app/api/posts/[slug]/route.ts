import { postsApi } from '../../../../api/wired-posts-api.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/posts/[slug]'>) {
  const { slug } = await params;
  return postsApi().show(request, slug);
}
