import { AuthError } from '@sso/auth';
import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { access, apps } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import { createProductPostsApi } from './product-posts-api.ts';

const audience = apps.shop.audience;
const testIssuer = await createTestIssuer({ audience });
const { issuer, fetch, clock } = testIssuer;
const resource = createResourceServer({ issuer, audience, access, fetch, clock });

const post = { slug: 'a', title: 'A', summary: 'B', url: 'https://blog.example/notes/a', draft: false };

async function answerOf(askBlog: (url: string) => Promise<Response>, permissions = ['shop:products.read']) {
  const api = createProductPostsApi({
    resource,
    blogUrl: 'https://blog.example',
    askBlog: (_request, _token, url) => askBlog(url),
    observe: () => undefined,
  });
  const headers = { authorization: `Bearer ${await testIssuer.accessToken({ permissions })}` };
  return api.list(new Request('https://shop.example/api/products/flask/posts', { headers }), 'flask');
}

describe('what the blog writes about a product', () => {
  it('is asked of the blog for whoever calls', async () => {
    const asked: string[] = [];
    const response = await answerOf(async (url) => {
      asked.push(url);
      return Response.json({ posts: [post] });
    });
    expect(asked).toEqual(['https://blog.example/api/posts?mentions=flask']);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(await response.json()).toEqual({
      posts: [{ slug: 'a', title: 'A', summary: 'B', url: 'https://blog.example/notes/a' }],
    });
  });

  it.each<[what: string, ask: () => Promise<Response>, status: number, error: string]>([
    [
      'refuses to give a token',
      () => Promise.reject(new AuthError('token_exchange_rejected', 'no')),
      403,
      'blog_refused',
    ],
    [
      'does not answer with one',
      () => Promise.reject(new AuthError('provider_unavailable', 'no', { transient: true })),
      503,
      'blog_unavailable',
    ],
    ['is away', () => Promise.reject(new TypeError('fetch failed')), 503, 'blog_unavailable'],
    ['says no', async () => new Response('', { status: 403 }), 403, 'blog_refused'],
    ['takes no such token', async () => new Response('', { status: 401 }), 403, 'blog_refused'],
    ['is broken', async () => new Response('', { status: 500 }), 503, 'blog_unavailable'],
    ['answers with a page', async () => new Response('<html>'), 503, 'blog_unavailable'],
    ['answers something else', async () => Response.json({ posts: [{}] }), 503, 'blog_unavailable'],
  ])('is a problem where the provider or the blog %s', async (_what, ask, status, error) => {
    const response = await answerOf(ask);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.has('retry-after')).toBe(status === 503);
    expect(await response.json()).toMatchObject({ status, error });
  });

  it('is for people who may see products', async () => {
    const response = await answerOf(async () => Response.json({ posts: [] }), []);
    expect(response.status).toBe(403);
    expect(response.headers.get('www-authenticate')).toContain('scope="shop:products.read"');
  });
});
