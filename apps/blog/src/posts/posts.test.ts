import { describe, expect, it } from 'vitest';
import { openBlogDatabase } from './database.ts';
import { firstPosts } from './first-posts/index.ts';
import { findPost, listPosts, type Reader } from './posts.ts';

const database = await openBlogDatabase(':memory:');
const reader = { seesDrafts: false };
const editor = { seesDrafts: true };
const listMentioning = (who: Reader, mentioning: string) => listPosts(database, who, { mentioning });
const slugs = (posts: readonly { slug: string }[]) => posts.map(({ slug }) => slug);

describe('posts', () => {
  it('come with the newest first', async () => {
    const days = (await listPosts(database, reader)).map(({ publishedOn }) => publishedOn ?? '');
    expect(days).toHaveLength(6);
    expect(days).toEqual(days.toSorted().toReversed());
  });

  it('include the draft, at the top, for editors only', async () => {
    expect((await listPosts(database, editor))[0]).toMatchObject({
      slug: 'drawing-jupiter',
      publishedOn: undefined,
    });
    expect(await findPost(database, editor, 'drawing-jupiter')).toBeDefined();
    expect(await findPost(database, reader, 'drawing-jupiter')).toBeUndefined();
  });

  it('are found by a product they mention, drafts again for editors only', async () => {
    const chair = 'observing-chair';
    expect(slugs(await listMentioning(reader, chair))).toEqual(['the-first-half-hour']);
    expect(slugs(await listMentioning(editor, chair))).toContain('drawing-jupiter');
    expect(await listMentioning(reader, 'nothing')).toEqual([]);
  });

  it.each(['', 'nothing', '__proto__', "'; drop table posts; --"])('have none named %j', async (slug) => {
    expect(await findPost(database, editor, slug)).toBeUndefined();
  });
});

describe('the first posts', () => {
  it.each(firstPosts.map(({ slug, body }) => [slug, body] as const))(
    '%s is 500 to 900 words long',
    (_slug, body) => {
      const words = body.split(/\s+/).length;
      expect(words).toBeGreaterThan(500);
      expect(words).toBeLessThan(900);
    },
  );
});
