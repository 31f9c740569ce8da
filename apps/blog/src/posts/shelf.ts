import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { findPost, listPosts, type Post, type Reader } from './posts.ts';

/** The posts as the person at this page may see them: the session's permissions decide. */
export async function postsForPage(): Promise<Post[]> {
  return listPosts(await deps().database(), await reader());
}

export async function postForPage(slug: string): Promise<Post | undefined> {
  return findPost(await deps().database(), await reader(), slug);
}

async function reader(): Promise<Reader> {
  const session = await auth();
  return { seesDrafts: session?.can('blog:drafts.read') ?? false };
}
