import { connection } from 'next/server';
import { blogApi } from '../../../api/wired-blog-api.ts';

export async function GET(request: Request): Promise<Response> {
  await connection(); // a build has neither an environment nor a database
  return blogApi().posts.list(request);
}
