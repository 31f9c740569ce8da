import { mentionsIn } from '../markup/markdown.ts';
import type { BlogDatabase } from './database.ts';
import type { DraftText } from './draft-text.ts';
import { type Post, toPost } from './post.ts';
import { findPost } from './posts.ts';
import { slugOf } from './slug-of.ts';
import { type WritingRefusal, WritingRefused } from './writing-refused.ts';

/** Who writes, and when (epoch seconds). */
export interface Writer {
  readonly sub: string;
  readonly now: number;
}

/** As many drafts as one person may have at a time. */
export const DRAFTS_PER_AUTHOR = 50;

export interface Written {
  readonly post: Post;
  /** False where the same request had made it before. */
  readonly isNew: boolean;
}

/**
 * Begins a draft. The same key of the same person is the same draft, however often it is sent.
 *
 * @throws WritingRefused `key_reused`, `too_many`
 */
export function createDraft(
  database: BlogDatabase,
  { sub, now }: Writer,
  text: DraftText,
  idempotencyKey: string,
): Promise<Written> {
  return database.transaction().execute(async (transaction) => {
    const earlier = await findEarlier(transaction, sub, idempotencyKey);
    if (earlier) return { post: requireSame(earlier, text), isNew: false };
    await requireRoom(transaction, sub);
    const slug = slugOf(text.title);
    await transaction
      .insertInto('posts')
      .values({
        ...columnsOf(text),
        slug,
        published_on: null,
        author: sub,
        updated_at: now,
        idempotency_key: idempotencyKey,
      })
      .execute();
    return { post: await requirePost(transaction, slug), isNew: true };
  });
}

/**
 * Changes one's own draft, where it is still as it was read.
 *
 * @throws WritingRefused `post_unknown`, `version_outdated`, `already_published`
 */
export async function updateDraft(
  database: BlogDatabase,
  { sub, now }: Writer,
  draft: { readonly slug: string; readonly version: number },
  text: DraftText,
): Promise<Post> {
  const { numUpdatedRows } = await database
    .updateTable('posts')
    .set(({ eb }) => ({ ...columnsOf(text), version: eb('version', '+', 1), updated_at: now }))
    .where('slug', '=', draft.slug)
    .where('author', '=', sub)
    .where('version', '=', draft.version)
    .where('published_on', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new WritingRefused(await whyNot(database, sub, draft.slug));
  return requirePost(database, draft.slug);
}

/**
 * Deletes one's own draft, where it is still as it was read.
 *
 * @throws WritingRefused `post_unknown`, `version_outdated`, `already_published`
 */
export async function deleteDraft(
  database: BlogDatabase,
  { sub }: Pick<Writer, 'sub'>,
  draft: { readonly slug: string; readonly version: number },
): Promise<void> {
  const { numDeletedRows } = await database
    .deleteFrom('posts')
    .where('slug', '=', draft.slug)
    .where('author', '=', sub)
    .where('version', '=', draft.version)
    .where('published_on', 'is', null)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw new WritingRefused(await whyNot(database, sub, draft.slug));
}

function columnsOf({ title, summary, topic, body }: DraftText) {
  return { title, summary, topic, body, mentions: JSON.stringify(mentionsIn(body)) };
}

async function whyNot(database: BlogDatabase, sub: string, slug: string): Promise<WritingRefusal> {
  const post = await findPost(database, { seesDrafts: false, writesAs: sub }, slug);
  if (post?.author?.sub !== sub) return { code: 'post_unknown' };
  if (post.publishedOn !== undefined) return { code: 'already_published' };
  return { code: 'version_outdated', version: post.version };
}

async function findEarlier(database: BlogDatabase, sub: string, key: string): Promise<Post | undefined> {
  const row = await database
    .selectFrom('posts')
    .selectAll()
    .where('author', '=', sub)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row && toPost({ ...row, author_name: null });
}

/** A draft that was changed since is still the one that the key stands for. */
function requireSame(earlier: Post, text: DraftText): Post {
  if (earlier.version === 1 && (earlier.title !== text.title || earlier.body !== text.body)) {
    throw new WritingRefused({ code: 'key_reused' });
  }
  return earlier;
}

async function requireRoom(database: BlogDatabase, sub: string): Promise<void> {
  const { count } = await database
    .selectFrom('posts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('author', '=', sub)
    .where('published_on', 'is', null)
    .executeTakeFirstOrThrow();
  if (count >= DRAFTS_PER_AUTHOR)
    throw new WritingRefused({ code: 'too_many', limit: DRAFTS_PER_AUTHOR, of: 'drafts' });
}

async function requirePost(database: BlogDatabase, slug: string): Promise<Post> {
  const post = await findPost(database, { seesDrafts: true }, slug);
  if (!post) throw new WritingRefused({ code: 'post_unknown' });
  return post;
}
