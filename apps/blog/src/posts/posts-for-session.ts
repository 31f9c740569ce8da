import { auth } from '../auth.ts';
import { deps } from '../deps.ts';
import type { Post } from './post.ts';
import { findPost, listPosts, type PostFilter, type Reader } from './posts.ts';

interface ReadingSession {
  readonly user: { readonly sub: string };
  can(permission: 'blog:drafts.read' | 'blog:drafts.write'): boolean;
}

/** What somebody's permissions let them see. */
export function readerOf(session: ReadingSession | undefined): Reader {
  if (!session) return { seesDrafts: false };
  return {
    seesDrafts: session.can('blog:drafts.read'),
    writesAs: session.can('blog:drafts.write') ? session.user.sub : undefined,
  };
}

/** The posts that the session's permissions let the person see. */
export async function listPostsForSession(filter?: PostFilter): Promise<Post[]> {
  const reader = await readerOfSession();
  return listPosts(await deps().database(), reader, filter);
}

export async function findPostForSession(slug: string): Promise<Post | undefined> {
  const reader = await readerOfSession();
  return findPost(await deps().database(), reader, slug);
}

// Comes before the database: reading the cookies tells a build that this page is made at each request.
async function readerOfSession(): Promise<Reader> {
  return readerOf(await auth());
}
