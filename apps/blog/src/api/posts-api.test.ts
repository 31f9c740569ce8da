import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { access, apps } from '@sso/domains';
import type { ApiEvent } from '@sso/site/http';
import { describe, expect, it } from 'vitest';
import type { BlogEvent } from '../posts/blog-event.ts';
import { openBlogDatabase } from '../posts/database.ts';
import { createBlogApi } from './blog-api.ts';

const audience = apps.blog.audience;
const baseUrl = 'https://blog.example';
const issuer = await createTestIssuer({ audience });
const database = await openBlogDatabase(':memory:');
const resource = createResourceServer({
  issuer: issuer.issuer,
  audience,
  access,
  fetch: issuer.fetch,
  clock: issuer.clock,
});
const openMissing = () => openBlogDatabase('/nothing/is/here.sqlite');
const events: (ApiEvent | BlogEvent)[] = [];
const observe = (event: ApiEvent | BlogEvent) => void events.push(event);
const { clock } = issuer;
const { posts: api } = createBlogApi({ resource, database: async () => database, baseUrl, clock, observe });

const request = (authorization?: string, query = '') =>
  new Request(`${baseUrl}/api/posts${query}`, authorization ? { headers: { authorization } } : {});

const bearerOf = async (permissions: readonly string[], claims = {}) =>
  `Bearer ${await issuer.accessToken({ permissions, ...claims })}`;

const reader = ['blog:posts.read'];
const editor = ['blog:posts.read', 'blog:drafts.read'];

describe("the blog's API allows", () => {
  it.each([
    ['a reader', reader, false],
    ['an editor', editor, true],
  ])('%s to list posts with their own view', async (_who, permissions, seesDrafts) => {
    const response = await api.list(request(await bearerOf(permissions)));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect((await response.text()).includes('drawing-jupiter')).toBe(seesDrafts);
  });

  it('a question about a product', async () => {
    const response = await api.list(request(await bearerOf(reader), '?mentions=dew-shield'));
    await expect(response.json()).resolves.toMatchObject({
      posts: [
        { slug: 'dew-is-a-matter-of-view', url: `${baseUrl}/notes/dew-is-a-matter-of-view`, draft: false },
      ],
    });
  });

  it('an editor to read a draft, for a reader it is not there', async () => {
    const shown = await api.show(request(await bearerOf(editor)), 'drawing-jupiter');
    await expect(shown.json()).resolves.toMatchObject({ post: { draft: true, publishedOn: null } });
    const hidden = await api.show(request(await bearerOf(reader)), 'drawing-jupiter');
    expect(hidden.status).toBe(404);
    expect(hidden.headers.get('content-type')).toBe('application/problem+json');
    expect(await hidden.json()).toMatchObject({ error: 'not_found' });
  });
});

describe("the blog's API refuses", () => {
  it.each([
    ['T-32 nothing', async () => undefined, 401, undefined],
    ['T-33 another scheme', async () => `Basic ${await issuer.accessToken()}`, 401, undefined],
    ['T-13 an ID token', async () => `Bearer ${await issuer.idToken()}`, 401, 'invalid_token'],
    ["T-17 the shop's own token", () => bearerOf(editor, { aud: apps.shop.audience }), 401, 'invalid_token'],
    ['T-20 an ended token', () => bearerOf(editor, { exp: issuer.clock() - 31 }), 401, 'invalid_token'],
    ['a token without permissions', () => bearerOf([]), 403, 'insufficient_scope'],
    ['drafts alone', () => bearerOf(['blog:drafts.read']), 403, 'insufficient_scope'],
  ])('%s', async (_what, authorization, status, error) => {
    const header = await authorization();
    for (const response of [await api.list(request(header)), await api.show(request(header), 'flask')]) {
      expect(response.status).toBe(status);
      const challenge = response.headers.get('www-authenticate') ?? '';
      expect(challenge).toMatch(/^Bearer /);
      expect(/error="(\w+)"/.exec(challenge)?.[1]).toBe(error);
    }
  });
});

it.each(['list', 'show'] as const)(
  'F-17 while the database is away, 503 with Retry-After is the answer to %s',
  async (verb) => {
    events.length = 0;
    const { posts: apiWithout } = createBlogApi({ resource, database: openMissing, baseUrl, clock, observe });
    const response = await apiWithout[verb](request(await bearerOf(reader)), 'flask');
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 503, error: 'temporarily_unavailable' });
    expect(events).toEqual([{ type: 'database.unavailable', code: 'SQLITE_CANTOPEN' }]);
  },
);
