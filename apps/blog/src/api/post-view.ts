import type { PostMetadata } from '../posts/post.ts';

/** A post as the API lists it. */
export interface PostView {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly topic: string;
  /** The author's name; null where it isn't known. */
  readonly author: string | null;
  /** `2026-10-02`, or null while it is a draft. */
  readonly publishedOn: string | null;
  readonly draft: boolean;
  /** Grows with each change; changing and publishing name the one that was read. */
  readonly version: number;
  /** Slugs of the shop's products. */
  readonly mentions: readonly string[];
  readonly url: string;
}

export function postView(post: PostMetadata, baseUrl: string): PostView {
  const { slug, title, summary, topic, author, publishedOn, version, mentions } = post;
  return {
    slug,
    title,
    summary,
    topic,
    author: author?.name ?? null,
    publishedOn: publishedOn ?? null,
    draft: publishedOn === undefined,
    version,
    mentions,
    url: `${baseUrl}/notes/${encodeURIComponent(slug)}`,
  };
}
