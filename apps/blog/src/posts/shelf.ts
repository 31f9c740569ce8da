import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { findPost, listPosts, type Post, type Reader } from './posts.ts';

/** The posts as the person at this page may see them: the session's permissions decide. */
export async function postsForPage(): Promise<Post[]> {
  const who = await reader();
  return listPosts(await deps().database(), who);
}

export async function postForPage(slug: string): Promise<Post | undefined> {
  const who = await reader();
  return findPost(await deps().database(), who, slug);
}

// Asked first: it reads the request's cookies, which tells a build that this page is made at each request.
async function reader(): Promise<Reader> {
  const session = await auth();
  return { seesDrafts: session?.can('blog:drafts.read') ?? false };
}
