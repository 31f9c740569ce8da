import type { PostMetadata } from '../posts/posts.ts';

/** A post as the API lists it. */
export interface PostView {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly topic: string;
  /** `2026-10-02`, or null while it is a draft. */
  readonly publishedOn: string | null;
  readonly draft: boolean;
  /** Slugs of the shop's products. */
  readonly mentions: readonly string[];
  readonly url: string;
}

export function postView(post: PostMetadata, baseUrl: string): PostView {
  const { slug, title, summary, topic, publishedOn, mentions } = post;
  return {
    slug,
    title,
    summary,
    topic,
    publishedOn: publishedOn ?? null,
    draft: publishedOn === undefined,
    mentions,
    url: `${baseUrl}/notes/${encodeURIComponent(slug)}`,
  };
}
