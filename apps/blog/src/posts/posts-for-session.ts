import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import { findPost, listPosts, type Post, type Reader } from './posts.ts';

/** The posts that the session's permissions let the person see. */
export async function listPostsForSession(): Promise<Post[]> {
  const reader = await readerOfSession();
  return listPosts(await deps().database(), reader);
}

export async function findPostForSession(slug: string): Promise<Post | undefined> {
  const reader = await readerOfSession();
  return findPost(await deps().database(), reader, slug);
}

// Comes before the database: reading the cookies tells a build that this page is made at each request.
async function readerOfSession(): Promise<Reader> {
  const session = await auth();
  return { seesDrafts: session?.can('blog:drafts.read') ?? false };
}
