import type { BlogDatabase } from './database.ts';
import { findPost, type Reader } from './posts.ts';
import type { Post } from './post.ts';
import { WritingRefused } from './writing-refused.ts';

/** Publishing is for people who see all drafts; who sees some only publishes these. */
interface Change {
  readonly slug: string;
  /** What the editor has read: nobody publishes words that they have not seen. */
  readonly version: number;
}

/**
 * Publishes a draft today (UTC), once, whoever else does the same at the same moment.
 *
 * @param now epoch seconds
 * @throws WritingRefused `post_unknown`, `version_outdated`, `already_published`
 */
export async function publishPost(
  database: BlogDatabase,
  editor: Reader,
  { slug, version }: Change,
  now: number,
): Promise<Post> {
  const before = await requireVisible(database, editor, slug);
  const today = new Date(now * 1000).toISOString().slice(0, 10);
  const { numUpdatedRows } = await database
    .updateTable('posts')
    .set(({ eb }) => ({ published_on: today, version: eb('version', '+', 1) }))
    .where('slug', '=', slug)
    .where('version', '=', version)
    .where('published_on', 'is', null)
    .executeTakeFirst();
  const post = await requireVisible(database, editor, slug);
  if (numUpdatedRows !== 0n) return post;
  if (before.publishedOn !== undefined || post.publishedOn !== undefined)
    throw new WritingRefused({ code: 'already_published' });
  throw new WritingRefused({ code: 'version_outdated', version: post.version });
}

/**
 * Makes a published post a draft again. Its comments stay, and are seen again with it.
 *
 * @throws WritingRefused `post_unknown`, `not_published`
 */
export async function takeBackPost(database: BlogDatabase, editor: Reader, slug: string): Promise<Post> {
  await requireVisible(database, editor, slug);
  const { numUpdatedRows } = await database
    .updateTable('posts')
    .set(({ eb }) => ({ published_on: null, version: eb('version', '+', 1) }))
    .where('slug', '=', slug)
    .where('published_on', 'is not', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new WritingRefused({ code: 'not_published' });
  return requireVisible(database, { ...editor, seesDrafts: true }, slug);
}

async function requireVisible(database: BlogDatabase, reader: Reader, slug: string): Promise<Post> {
  const post = await findPost(database, reader, slug);
  if (!post) throw new WritingRefused({ code: 'post_unknown' });
  return post;
}
