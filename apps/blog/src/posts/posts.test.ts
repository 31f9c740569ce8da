import { describe, expect, it } from 'vitest';
import { parseMarkup } from '../markup/parse-markup.ts';
import { openBlogDatabase } from './database.ts';
import { firstPosts } from './first-posts/index.ts';
import { findPost, listPosts, listPostsMentioning } from './posts.ts';

const database = await openBlogDatabase(':memory:');
const reader = { seesDrafts: false };
const editor = { seesDrafts: true };
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
    expect(slugs(await listPostsMentioning(database, reader, chair))).toEqual(['the-first-half-hour']);
    expect(slugs(await listPostsMentioning(database, editor, chair))).toContain('drawing-jupiter');
    expect(await listPostsMentioning(database, reader, 'nothing')).toEqual([]);
  });

  it.each(['', 'nothing', '__proto__', "'; drop table posts; --"])('have none named %j', async (slug) => {
    expect(await findPost(database, editor, slug)).toBeUndefined();
  });
});

describe('the first posts', () => {
  it.each(firstPosts.map((post) => [post.slug, post] as const))(
    '%s is 500 to 900 words long and links exactly what it mentions',
    (_slug, { body, mentions }) => {
      const words = body.split(/\s+/).length;
      expect(words).toBeGreaterThan(500);
      expect(words).toBeLessThan(900);
      const linked = parseMarkup(body)
        .flatMap((block) => (block.type === 'list' ? block.items.flat() : block.inlines))
        .flatMap((inline) => (inline.type === 'product' ? [inline.slug] : []));
      expect([...new Set(linked)].toSorted()).toEqual(mentions.toSorted());
    },
  );
});
