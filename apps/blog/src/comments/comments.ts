import { randomUUID } from 'node:crypto';
import type { BlogDatabase } from '../posts/database.ts';
import type { Writer } from '../posts/drafts.ts';
import { WritingRefused } from '../posts/writing-refused.ts';

export interface Comment {
  readonly id: string;
  readonly slug: string;
  /** The `sub` of whoever wrote it. */
  readonly person: string;
  /** Undefined where the blog has not met them on its pages yet. */
  readonly personName: string | undefined;
  /** Epoch seconds. */
  readonly writtenAt: number;
  readonly text: string;
  readonly isHidden: boolean;
}

export interface CommentPage {
  /** Only comments older than this one, by id. */
  readonly before?: string | undefined;
  /** Default 50. */
  readonly limit?: number | undefined;
}

/** As many comments as one person may write in an hour, and below one post at all. */
export const COMMENTS_PER_HOUR = 20;
export const COMMENTS_PER_POST = 50;
const HOUR = 3600;

/** The comments of a published post, the latest first. Nobody comments drafts, and who may see the post is asked before. */
export async function listComments(
  database: BlogDatabase,
  slug: string,
  { before, limit = 50 }: CommentPage = {},
): Promise<Comment[]> {
  const rows = await selectComments(database)
    .where('slug', '=', slug)
    .$if(before !== undefined, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple('written_at', 'id'),
          '<',
          eb
            .selectFrom('comments as last')
            .select(['last.written_at', 'last.id'])
            .where('last.id', '=', before ?? '')
            .$asTuple('written_at', 'id'),
        ),
      ),
    )
    .orderBy('written_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toComment);
}

/**
 * Comments a published post. The same key of the same person is the same comment, however often it is sent.
 *
 * @throws WritingRefused `not_published`, `key_reused`, `too_many`
 */
export function addComment(
  database: BlogDatabase,
  { sub, now }: Writer,
  {
    slug,
    text,
    idempotencyKey,
  }: { readonly slug: string; readonly text: string; readonly idempotencyKey: string },
): Promise<{ readonly comment: Comment; readonly isNew: boolean }> {
  return database.transaction().execute(async (transaction) => {
    const earlier = await selectComments(transaction)
      .where('person', '=', sub)
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirst();
    if (earlier) {
      if (earlier.slug !== slug || earlier.text !== text) throw new WritingRefused({ code: 'key_reused' });
      return { comment: toComment(earlier), isNew: false };
    }
    await requirePublished(transaction, slug);
    await requireRoom(transaction, { sub, now }, slug);
    const id = randomUUID();
    await transaction
      .insertInto('comments')
      .values({ id, slug, person: sub, written_at: now, text, idempotency_key: idempotencyKey })
      .execute();
    return { comment: await requireComment(transaction, id), isNew: true };
  });
}

/**
 * Hides a comment, or shows it again. Its text stays on record, for moderators.
 *
 * @throws WritingRefused `comment_unknown`
 */
export async function setHidden(
  database: BlogDatabase,
  id: string,
  isHidden: boolean,
  { sub, now }: Writer,
): Promise<Comment> {
  await database
    .updateTable('comments')
    .set(isHidden ? { hidden_at: now, hidden_by: sub } : { hidden_at: null, hidden_by: null })
    .where('id', '=', id)
    // Who hid it first stays on record.
    .where('hidden_at', isHidden ? 'is' : 'is not', null)
    .execute();
  return requireComment(database, id);
}

function selectComments(database: BlogDatabase) {
  return database
    .selectFrom('comments')
    .leftJoin('people', 'people.sub', 'comments.person')
    .selectAll('comments')
    .select('people.name as person_name');
}

type CommentRow = Awaited<ReturnType<ReturnType<typeof selectComments>['executeTakeFirstOrThrow']>>;

function toComment({ id, slug, person, person_name, written_at, text, hidden_at }: CommentRow): Comment {
  return {
    id,
    slug,
    person,
    text,
    personName: person_name ?? undefined,
    writtenAt: written_at,
    isHidden: hidden_at !== null,
  };
}

async function requireComment(database: BlogDatabase, id: string): Promise<Comment> {
  const row = await selectComments(database).where('id', '=', id).executeTakeFirst();
  if (!row) throw new WritingRefused({ code: 'comment_unknown' });
  return toComment(row);
}

async function requirePublished(database: BlogDatabase, slug: string): Promise<void> {
  const post = await database
    .selectFrom('posts')
    .select('published_on')
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (!post) throw new WritingRefused({ code: 'post_unknown' });
  if (post.published_on === null) throw new WritingRefused({ code: 'not_published' });
}

async function requireRoom(database: BlogDatabase, { sub, now }: Writer, slug: string): Promise<void> {
  const count = () =>
    database
      .selectFrom('comments')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('person', '=', sub);
  const lately = await count()
    .where('written_at', '>', now - HOUR)
    .executeTakeFirstOrThrow();
  if (lately.count >= COMMENTS_PER_HOUR)
    throw new WritingRefused({ code: 'too_many', limit: COMMENTS_PER_HOUR, of: 'comments_an_hour' });
  const here = await count().where('slug', '=', slug).executeTakeFirstOrThrow();
  if (here.count >= COMMENTS_PER_POST)
    throw new WritingRefused({ code: 'too_many', limit: COMMENTS_PER_POST, of: 'comments_on_a_post' });
}
