import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsIn, writeEarlierDatabase } from '@sso/site/testing';
import { afterAll, expect, it } from 'vitest';
import { openBlogDatabase } from './database.ts';
import { listPosts } from './posts.ts';

const folder = mkdtempSync(join(tmpdir(), 'blog-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The first two steps as they were when databases were made with them: history, never to be edited. */
const ownSteps = {
  '001-posts': [
    'create table "posts" ("slug" text primary key, "title" text not null, "summary" text not null, "topic" text not null, "published_on" text, "mentions" text not null, "body" text not null)',
    'create index "posts_published_on" on "posts" ("published_on")',
  ],
  '002-first-notes': [
    `insert into posts values ('dew', 'Dew', 'Water', 'Weather', '2026-10-30', '["flask"]', 'It is wet.')`,
  ],
};

it("a blog's database of an earlier release opens with all its rows", async () => {
  const file = join(folder, 'blog.sqlite');
  writeEarlierDatabase(file, { ownSteps, rows: [`insert into spent values ('used', 4102444800)`] });
  const before = rowsIn(file);
  const database = await openBlogDatabase(file);
  expect(await listPosts(database, { seesDrafts: false })).toMatchObject([
    { slug: 'dew', mentions: ['flask'] },
  ]);
  await database.destroy();
  expect(rowsIn(file)).toMatchObject(before);
});
