import { blogApi } from '../../../../../api/wired-blog-api.ts';

export async function POST(request: Request, { params }: RouteContext<'/api/comments/[id]/hide'>) {
  const { id } = await params;
  return blogApi().comments.hide(request, id);
}
