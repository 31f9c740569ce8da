import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { PostsTable } from './schema.ts';

/** A post without its text, as lists show it. */
export interface PostMetadata {
  readonly slug: string;
  readonly title: string;
  readonly summary: string;
  readonly topic: string;
  /** `2026-10-02`; undefined for a draft. */
  readonly publishedOn: string | undefined;
  /** Slugs of the shop's products. */
  readonly mentions: readonly string[];
  readonly minutes: number;
  /** Who writes it; undefined for the posts that the blog began with. */
  readonly author: Author | undefined;
  /** Grows with each change. */
  readonly version: number;
}

export interface Author {
  readonly sub: string;
  /** Undefined where the blog has not met them on its pages yet. */
  readonly name: string | undefined;
}

export interface Post extends PostMetadata {
  /** Markdown, see `markup/markdown.ts`. */
  readonly body: string;
}

const slugs = z.array(z.string());
const WORDS_PER_MINUTE = 220;

export type PostRow = Selectable<PostsTable> & { readonly author_name: string | null };

export function toPost(row: PostRow): Post {
  const { slug, title, summary, topic, published_on, mentions, body, author, author_name, version } = row;
  return {
    slug,
    title,
    summary,
    topic,
    body,
    version,
    publishedOn: published_on ?? undefined,
    mentions: slugs.parse(JSON.parse(mentions)),
    minutes: Math.max(1, Math.round(body.split(/\s+/).length / WORDS_PER_MINUTE)),
    author: author === null ? undefined : { sub: author, name: author_name ?? undefined },
  };
}
