import { isAuthError } from '@sso/auth';
import { apps } from '@sso/domains';
import { createApiGuard, type ObserveApi, type Problem, ProblemError } from '@sso/site/http';
import { type BlogPost, readBlogPosts, urlOfPostsAbout } from '../blog/find-blog-posts.ts';
import type { ShopResource, ShopToken } from '../deps.ts';

/** Calls the blog's API for the person who called this one. */
type AskBlog = (request: Request, token: ShopToken, url: string) => Promise<Response>;

interface ProductPostsApiOptions {
  readonly resource: ShopResource;
  /** The blog's origin. */
  readonly blogUrl: string;
  /** @throws AuthError where there is no token to act with */
  readonly askBlog: AskBlog;
  readonly observe: ObserveApi;
}

const headers = { 'cache-control': 'private, no-store' };
const blog = apps.blog.title;

const refused: Problem = {
  status: 403,
  error: 'blog_refused',
  detail: `${apps.shop.title} may not ask ${blog} for you: that takes blog:posts.read, of you and of whoever called.`,
};
const unavailable: Problem = {
  status: 503,
  error: 'blog_unavailable',
  detail: `${blog} does not answer just now: send the same request again after Retry-After.`,
};

/**
 * What the blog writes about a product. The shop's API asks the blog's for the person who called it: the blog sees the person,
 * and the shop as the one who acts for them (`act`, RFC 8693 §4.1).
 */
export function createProductPostsApi({ resource, blogUrl, askBlog, observe }: ProductPostsApiOptions) {
  const guard = createApiGuard(resource, observe);
  return {
    /** `GET /api/products/:slug/posts`. */
    list: guard(
      async (request: Request, token: ShopToken, slug: string) => {
        const answer = await orProblem(askBlog(request, token, urlOfPostsAbout(slug, blogUrl)));
        return Response.json({ posts: await requirePosts(answer) }, { headers });
      },
      { permission: 'shop:products.read' },
    ),
  };
}

async function orProblem(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer;
  } catch (error) {
    throw new ProblemError(isAuthError(error) && !error.transient ? refused : unavailable);
  }
}

async function requirePosts(answer: Response): Promise<readonly BlogPost[]> {
  if (answer.status === 401 || answer.status === 403) throw new ProblemError(refused);
  const posts = answer.ok ? await readBlogPosts(answer) : undefined;
  if (!posts) throw new ProblemError(unavailable);
  return posts;
}
