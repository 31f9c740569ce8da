import { z } from 'zod';

/** A note of the blog, as its API lists it; the shop reads no more than it shows. */
const answer = z.object({
  posts: z.array(z.object({ slug: z.string(), title: z.string(), summary: z.string(), url: z.url() })),
});

export type BlogNote = z.infer<typeof answer>['posts'][number];

interface BlogNotesOptions {
  /** The blog's origin. */
  readonly blogUrl: string;
  /** The product to look for, by its slug. */
  readonly mentions: string;
  /** A fetch that adds the bearer token for the blog's API. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const TIMEOUT_MILLISECONDS = 2000;

/** The blog's posts that mention a product; undefined when the blog or the provider does not answer in time. */
export async function findBlogNotes(options: BlogNotesOptions): Promise<BlogNote[] | undefined> {
  const url = new URL('/api/posts', options.blogUrl);
  url.searchParams.set('mentions', options.mentions);
  try {
    const response = await options.fetch(url.href, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
    return response.ok ? answer.parse(await response.json()).posts : undefined;
  } catch {
    return undefined;
  }
}
