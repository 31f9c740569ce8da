import { createApiGuard, type ObserveApi, ProblemError } from '@sso/site/http';
import type { BlogResource } from '../deps.ts';
import type { BlogDatabase } from '../posts/database.ts';
import { findPost, listPosts, listPostsMentioning, type Reader } from '../posts/posts.ts';
import { postView } from './post-view.ts';

interface PostsApiOptions {
  readonly resource: BlogResource;
  readonly database: () => Promise<BlogDatabase>;
  readonly baseUrl: string;
  readonly observe: ObserveApi;
}

interface TokenBearer {
  can(permission: 'blog:drafts.read'): boolean;
}

const headers = { 'cache-control': 'private, no-store' };

const unknownPost = {
  status: 404,
  error: 'not_found',
  detail: 'The blog has no such post for you: GET /api/posts lists those it has.',
} as const;

const readerOf = (token: TokenBearer): Reader => ({ seesDrafts: token.can('blog:drafts.read') });

/** The posts API: bearer tokens only (RFC 6750 §2.1), never the session cookie, so no page can be made to call it. */
export function createPostsApi({ resource, database, baseUrl, observe }: PostsApiOptions) {
  const guard = createApiGuard(resource, observe);
  return {
    /** `GET /api/posts`. With `?mentions=flask` only the posts that mention this product. */
    list: guard(
      async (request, token) => {
        const mentions = new URL(request.url).searchParams.get('mentions');
        const reader = readerOf(token);
        const db = await database();
        const posts =
          mentions === null ? await listPosts(db, reader) : await listPostsMentioning(db, reader, mentions);
        return Response.json({ posts: posts.map((post) => postView(post, baseUrl)) }, { headers });
      },
      { permission: 'blog:posts.read' },
    ),
    /** `GET /api/posts/:slug`, with the text. */
    show: guard(
      async (_request, token, slug: string) => {
        const post = await findPost(await database(), readerOf(token), slug);
        if (!post) throw new ProblemError(unknownPost);
        return Response.json({ post: { ...postView(post, baseUrl), body: post.body } }, { headers });
      },
      { permission: 'blog:posts.read' },
    ),
  };
}
