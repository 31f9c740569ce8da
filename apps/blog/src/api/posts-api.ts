import { readJsonBody } from '@sso/site/http';
import type { BlogToken } from '../deps.ts';
import { findPost, listPosts } from '../posts/posts.ts';
import { publishPost, takeBackPost } from '../posts/publish.ts';
import { WritingRefused } from '../posts/writing-refused.ts';
import { type BlogApiTools, headers, readerOfToken } from './api-tools.ts';
import { postView } from './post-view.ts';
import { publication } from './writing-input.ts';
import { withRefusals } from './writing-problem.ts';

/** Reading and publishing. */
export function createPostsApi({ guard, database, baseUrl, clock, observe }: BlogApiTools) {
  return {
    /** `GET /api/posts`. With `?mentions=flask` only the posts that mention this product. */
    list: guard(
      async (request, token) => {
        const mentioning = new URL(request.url).searchParams.get('mentions') ?? undefined;
        const posts = await listPosts(await database(), readerOfToken(token), { mentioning });
        return Response.json({ posts: posts.map((post) => postView(post, baseUrl)) }, { headers });
      },
      { permission: 'blog:posts.read' },
    ),
    /** `GET /api/posts/:slug`, with the text. */
    show: guard(
      withRefusals(async (_request: Request, token: BlogToken, slug: string) => {
        const post = await findPost(await database(), readerOfToken(token), slug);
        if (!post) throw new WritingRefused({ code: 'post_unknown' });
        return Response.json({ post: { ...postView(post, baseUrl), body: post.body } }, { headers });
      }),
      { permission: 'blog:posts.read' },
    ),
    /** `POST /api/posts/:slug/publish`: `{ "version": 3 }`. */
    publish: guard(
      withRefusals(async (request: Request, token: BlogToken, slug: string) => {
        const { version } = await readJsonBody(request, publication);
        const post = await publishPost(await database(), readerOfToken(token), { slug, version }, clock());
        observe({ type: 'post.published', slug, sub: token.sub, through: token.client_id });
        return Response.json({ post: postView(post, baseUrl) }, { headers });
      }),
      { permission: 'blog:posts.publish' },
    ),
    /** `POST /api/posts/:slug/unpublish`. */
    unpublish: guard(
      withRefusals(async (_request: Request, token: BlogToken, slug: string) => {
        const post = await takeBackPost(await database(), readerOfToken(token), slug);
        observe({ type: 'post.taken_back', slug, sub: token.sub, through: token.client_id });
        return Response.json({ post: postView(post, baseUrl) }, { headers });
      }),
      { permission: 'blog:posts.publish' },
    ),
  };
}
