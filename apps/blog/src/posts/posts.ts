import type { BlogDatabase } from './database.ts';
import { type Post, toPost } from './post.ts';

/** Somebody who reads, by what they may see. A draft that they may not see does not exist for them. */
export interface Reader {
  /** Whether the reader has the permission `blog:drafts.read`: all drafts. */
  readonly seesDrafts: boolean;
  /** Their `sub`, where they have the permission `blog:drafts.write`: their own drafts. */
  readonly writesAs?: string | undefined;
}

export interface PostFilter {
  /** Only posts that mention this product of the shop. */
  readonly mentioning?: string | undefined;
  /** Drafts alone. */
  readonly draftsOnly?: boolean;
}

/** Drafts first, then the newest; 200 at most. */
export async function listPosts(
  database: BlogDatabase,
  reader: Reader,
  { mentioning, draftsOnly = false }: PostFilter = {},
): Promise<Post[]> {
  const rows = await selectPosts(database, reader)
    .$if(draftsOnly, (query) => query.where('published_on', 'is', null))
    // `mentions` is a JSON array of slugs, and a slug has no quotation mark.
    .$if(mentioning !== undefined, (query) =>
      query.where((eb) =>
        eb(eb.fn<number>('instr', [eb.ref('mentions'), eb.val(JSON.stringify(mentioning))]), '>', 0),
      ),
    )
    .orderBy((order) => order.fn.coalesce('published_on', order.val('9999-99-99')), 'desc')
    .orderBy('updated_at', 'desc')
    .orderBy('slug')
    .limit(200)
    .execute();
  return rows.map(toPost);
}

export async function findPost(
  database: BlogDatabase,
  reader: Reader,
  slug: string,
): Promise<Post | undefined> {
  const row = await selectPosts(database, reader).where('slug', '=', slug).executeTakeFirst();
  return row && toPost(row);
}

function selectPosts(database: BlogDatabase, { seesDrafts, writesAs }: Reader) {
  return database
    .selectFrom('posts')
    .leftJoin('people', 'people.sub', 'posts.author')
    .selectAll('posts')
    .select('people.name as author_name')
    .$if(!seesDrafts, (query) =>
      query.where((eb) =>
        eb.or([
          eb('published_on', 'is not', null),
          ...(writesAs === undefined ? [] : [eb('author', '=', writesAs)]),
        ]),
      ),
    );
}
