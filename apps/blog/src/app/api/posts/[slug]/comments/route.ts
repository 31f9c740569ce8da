import { blogApi } from '../../../../../api/wired-blog-api.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/posts/[slug]/comments'>) {
  const { slug } = await params;
  return blogApi().comments.list(request, slug);
}

export async function POST(request: Request, { params }: RouteContext<'/api/posts/[slug]/comments'>) {
  const { slug } = await params;
  return blogApi().comments.create(request, slug);
}
