import { z } from 'zod';

/** The part of the blog's answer that the shop shows. */
const postList = z.object({
  posts: z.array(z.object({ slug: z.string(), title: z.string(), summary: z.string(), url: z.url() })),
});

export type BlogPost = z.infer<typeof postList>['posts'][number];

interface BlogPostsOptions {
  /** The blog's origin. */
  readonly blogUrl: string;
  /** The product to look for, by its slug. */
  readonly mentions: string;
  /** A fetch that adds the bearer token for the blog's API. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** How long a page or an API waits for the blog. */
export const BLOG_TIMEOUT_MILLISECONDS = 2000;

/** The blog's posts that mention a product; undefined when the blog or the provider does not answer in time. */
export async function findBlogPosts({
  blogUrl,
  mentions,
  fetch,
}: BlogPostsOptions): Promise<BlogPost[] | undefined> {
  try {
    const signal = AbortSignal.timeout(BLOG_TIMEOUT_MILLISECONDS);
    const response = await fetch(urlOfPostsAbout(mentions, blogUrl), { signal });
    return response.ok ? await readBlogPosts(response) : undefined;
  } catch {
    return undefined;
  }
}

/** `GET /api/posts?mentions=…` of the blog. */
export function urlOfPostsAbout(slug: string, blogUrl: string): string {
  const url = new URL('/api/posts', blogUrl);
  url.searchParams.set('mentions', slug);
  return url.href;
}

/** The posts of an answer; undefined where it can't be read. */
export async function readBlogPosts(response: Response): Promise<BlogPost[] | undefined> {
  const answer: unknown = await response.json().catch(() => undefined);
  const parsed = postList.safeParse(answer);
  return parsed.success ? parsed.data.posts : undefined;
}
