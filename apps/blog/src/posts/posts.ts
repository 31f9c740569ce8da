import { z } from 'zod';
import type { BlogDatabase } from './database.ts';

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
}

export interface Post extends PostMetadata {
  /** The text, in the markup of `markup/parse-markup.ts`. */
  readonly body: string;
}

export interface Reader {
  /** Whether the reader has the permission `blog:drafts.read`. Otherwise drafts are left out, as if they did not exist. */
  readonly seesDrafts: boolean;
}

const slugs = z.array(z.string());
const WORDS_PER_MINUTE = 220;

/** Drafts first, then the newest. */
export async function listPosts(database: BlogDatabase, reader: Reader): Promise<Post[]> {
  const rows = await database
    .selectFrom('posts')
    .selectAll()
    .$if(!reader.seesDrafts, (query) => query.where('published_on', 'is not', null))
    .orderBy((order) => order.fn.coalesce('published_on', order.val('9999-99-99')), 'desc')
    .execute();
  return rows.map(({ published_on, mentions, ...row }) => ({
    ...row,
    publishedOn: published_on ?? undefined,
    mentions: slugs.parse(JSON.parse(mentions)),
    minutes: Math.max(1, Math.round(row.body.split(/\s+/).length / WORDS_PER_MINUTE)),
  }));
}

/** The posts that mention a product of the shop. */
export async function listPostsMentioning(
  database: BlogDatabase,
  reader: Reader,
  slug: string,
): Promise<Post[]> {
  const posts = await listPosts(database, reader);
  return posts.filter(({ mentions }) => mentions.includes(slug));
}

export async function findPost(
  database: BlogDatabase,
  reader: Reader,
  slug: string,
): Promise<Post | undefined> {
  const posts = await listPosts(database, reader);
  return posts.find((post) => post.slug === slug);
}
