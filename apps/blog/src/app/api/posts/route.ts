import { connection } from 'next/server';
import { postsApi } from '../../../api/wired-posts-api.ts';

export async function GET(request: Request): Promise<Response> {
  await connection(); // a build has neither an environment nor a database
  return postsApi().list(request);
}
