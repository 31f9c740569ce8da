import { blogApi } from '../../../../../api/wired-blog-api.ts';

export async function POST(request: Request, { params }: RouteContext<'/api/comments/[id]/show'>) {
  const { id } = await params;
  return blogApi().comments.show(request, id);
}
