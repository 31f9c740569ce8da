import { blogApi } from '../../../../api/wired-blog-api.ts';

export async function GET(request: Request, { params }: RouteContext<'/api/drafts/[slug]'>) {
  const { slug } = await params;
  return blogApi().drafts.show(request, slug);
}

export async function PUT(request: Request, { params }: RouteContext<'/api/drafts/[slug]'>) {
  const { slug } = await params;
  return blogApi().drafts.change(request, slug);
}

export async function DELETE(request: Request, { params }: RouteContext<'/api/drafts/[slug]'>) {
  const { slug } = await params;
  return blogApi().drafts.remove(request, slug);
}
