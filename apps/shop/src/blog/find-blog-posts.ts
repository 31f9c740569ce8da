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

const TIMEOUT_MILLISECONDS = 2000;

/** The blog's posts that mention a product; undefined when the blog or the provider does not answer in time. */
export async function findBlogPosts(options: BlogPostsOptions): Promise<BlogPost[] | undefined> {
  const url = new URL('/api/posts', options.blogUrl);
  url.searchParams.set('mentions', options.mentions);
  try {
    const response = await options.fetch(url.href, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    return response.ok ? postList.parse(await response.json()).posts : undefined;
  } catch {
    return undefined;
  }
}
