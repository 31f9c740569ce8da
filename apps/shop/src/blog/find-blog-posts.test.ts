import { describe, expect, it } from 'vitest';
import { findBlogPosts } from './find-blog-posts.ts';

const post = { slug: 'a', title: 'A', summary: 'About a', url: 'https://blog.example/notes/a' };
const ask = (fetch: (url: string, init: RequestInit) => Promise<Response>) =>
  findBlogPosts({ blogUrl: 'https://blog.example', mentions: 'flask', fetch });

describe('posts from the blog', () => {
  it('are asked for by product, within a time limit', async () => {
    const asked: { url: string; limited: boolean }[] = [];
    const posts = await ask(async (url, { signal }) => {
      asked.push({ url, limited: signal instanceof AbortSignal });
      return Response.json({ posts: [{ ...post, draft: false }] });
    });
    expect(asked).toEqual([{ url: 'https://blog.example/api/posts?mentions=flask', limited: true }]);
    expect(posts).toEqual([post]);
  });

  it.each<[string, () => Promise<Response>]>([
    ['the blog is down', () => Promise.reject(new TypeError('fetch failed'))],
    ['it answers an error', async () => new Response('no', { status: 503 })],
    ['it answers something else', async () => Response.json({ posts: [{ title: 1 }] })],
    ['it answers HTML', async () => new Response('<p>hello</p>')],
  ])('are left out when %s', async (_what, answer) => {
    await expect(ask(answer)).resolves.toBeUndefined();
  });
});
