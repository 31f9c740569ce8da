import type { BlogResource } from '../deps.ts';
import type { BlogDatabase } from '../posts/database.ts';
import { findPost, listPosts, listPostsMentioning, type Reader } from '../posts/posts.ts';
import { postView } from './post-view.ts';

interface PostsApiOptions {
  readonly resource: BlogResource;
  readonly database: () => Promise<BlogDatabase>;
  readonly baseUrl: string;
}

interface TokenBearer {
  can(permission: 'blog:drafts.read'): boolean;
}

const headers = { 'cache-control': 'private, no-store' };

const readerOf = (token: TokenBearer): Reader => ({ seesDrafts: token.can('blog:drafts.read') });

/** The posts API: bearer tokens only (RFC 6750 §2.1), never the session cookie, so no page can be made to call it. */
export function createPostsApi({ resource, database, baseUrl }: PostsApiOptions) {
  return {
    /** `GET /api/posts`. With `?mentions=flask` only the posts that mention this product. */
    list: resource.guard(
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
    show: resource.guard(
      async (_request, token, slug: string) => {
        const post = await findPost(await database(), readerOf(token), slug);
        if (!post) return Response.json({ error: 'not_found' }, { status: 404, headers });
        return Response.json({ post: { ...postView(post, baseUrl), body: post.body } }, { headers });
      },
      { permission: 'blog:posts.read' },
    ),
  };
}
