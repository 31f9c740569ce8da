import { randomUUID } from 'node:crypto';
import { createResourceServer } from '@sso/auth/resource';
import { createTestIssuer } from '@sso/auth/testing';
import { access, apps, type Permission } from '@sso/domains';
import type { ApiEvent } from '@sso/site/http';
import { createBlogApi } from '../src/api/blog-api.ts';
import type { BlogEvent } from '../src/posts/blog-event.ts';
import { openBlogDatabase } from '../src/posts/database.ts';

export const baseUrl = 'https://blog.example';

export type BlogPermission = Extract<Permission, `blog:${string}`>;

/** Who asks, and with what. */
export interface Call {
  readonly permissions: readonly string[];
  /** Default `noor`. */
  readonly sub?: string;
  readonly query?: string;
  readonly body?: unknown;
  /** The body as it is, in place of `body`. */
  readonly text?: string;
  /** In place of a new one. */
  readonly key?: string | undefined;
  /** In place of the token. */
  readonly authorization?: string | undefined;
}

/** The blog's API on a database of the test's own, with an issuer of its own. */
export async function openBlogApi() {
  const { audience } = apps.blog;
  const issuer = await createTestIssuer({ audience });
  const { clock, fetch } = issuer;
  const database = await openBlogDatabase(':memory:');
  const events: (BlogEvent | ApiEvent)[] = [];
  const api = createBlogApi({
    resource: createResourceServer({ issuer: issuer.issuer, audience, access, fetch, clock }),
    database: async () => database,
    baseUrl,
    clock,
    observe: (event) => void events.push(event),
  });
  const requestOf = async (method: string, call: Call) => {
    const { permissions, sub = 'noor', query = '', body, text } = call;
    const token = await issuer.accessToken({ sub, permissions });
    const authorization = 'authorization' in call ? call.authorization : `Bearer ${token}`;
    const key = 'key' in call ? call.key : randomUUID();
    const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
    return new Request(`${baseUrl}/api${query}`, {
      method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
  };
  const { posts, drafts, comments } = api;
  return {
    database,
    issuer,
    events,
    listDrafts: async (call: Call) => drafts.list(await requestOf('GET', call)),
    showDraft: async (call: Call, slug: string) => drafts.show(await requestOf('GET', call), slug),
    createDraft: async (call: Call) => drafts.create(await requestOf('POST', call)),
    changeDraft: async (call: Call, slug: string) => drafts.change(await requestOf('PUT', call), slug),
    removeDraft: async (call: Call, slug: string) => drafts.remove(await requestOf('DELETE', call), slug),
    showPost: async (call: Call, slug: string) => posts.show(await requestOf('GET', call), slug),
    publish: async (call: Call, slug: string) => posts.publish(await requestOf('POST', call), slug),
    unpublish: async (call: Call, slug: string) => posts.unpublish(await requestOf('POST', call), slug),
    listComments: async (call: Call, slug: string) => comments.list(await requestOf('GET', call), slug),
    comment: async (call: Call, slug: string) => comments.create(await requestOf('POST', call), slug),
    hide: async (call: Call, id: string) => comments.hide(await requestOf('POST', call), id),
    showComment: async (call: Call, id: string) => comments.show(await requestOf('POST', call), id),
  };
}

export type BlogApiInTest = Awaited<ReturnType<typeof openBlogApi>>;

export const draftBody = {
  title: 'A comet, at last',
  summary: 'Where to look.',
  topic: 'The sky',
  body: 'Look **west**, with [a lamp](shop:red-headlamp).',
};

export const author = { permissions: ['blog:posts.read', 'blog:drafts.write', 'blog:comments.write'] };
export const editor = {
  sub: 'mira',
  permissions: ['blog:posts.read', 'blog:drafts.read', 'blog:posts.publish', 'blog:comments.write'],
};
export const reader = { sub: 'ben', permissions: ['blog:posts.read', 'blog:comments.write'] };
export const moderator = { sub: 'kit', permissions: ['blog:posts.read', 'blog:comments.hide'] };

/** A draft of an author. @returns its address */
export async function beginDraft(api: BlogApiInTest, changes: object = {}): Promise<string> {
  const response = await api.createDraft({ ...author, body: { ...draftBody, ...changes } });
  const { draft }: { draft: { slug: string } } = await response.json();
  return draft.slug;
}

/** A comment of a reader on the first post. @returns its id */
export async function writeComment(api: BlogApiInTest, slug = 'counting-geminids'): Promise<string> {
  const response = await api.comment({ ...reader, body: { text: 'Forty in an hour.' } }, slug);
  const { comment }: { comment: { id: string } } = await response.json();
  return comment.id;
}
