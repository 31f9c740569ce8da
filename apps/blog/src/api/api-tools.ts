import { type ApiEvent, createApiGuard } from '@sso/site/http';
import type { BlogResource, BlogToken } from '../deps.ts';
import type { BlogEvent } from '../posts/blog-event.ts';
import type { BlogDatabase } from '../posts/database.ts';
import type { Reader } from '../posts/posts.ts';

/** What the handlers of the blog's API work with. */
export interface BlogApiOptions {
  readonly resource: BlogResource;
  readonly database: () => Promise<BlogDatabase>;
  readonly baseUrl: string;
  /** Epoch seconds. */
  readonly clock: () => number;
  readonly observe: (event: BlogEvent | ApiEvent) => void;
}

export interface BlogApiTools extends BlogApiOptions {
  readonly guard: BlogResource['guard'];
}

export function createApiTools(options: BlogApiOptions): BlogApiTools {
  return { ...options, guard: createApiGuard(options.resource, options.observe) };
}

export const headers = { 'cache-control': 'private, no-store' };

/** What the bearer of a token may see. */
export function readerOfToken(token: BlogToken): Reader {
  return {
    seesDrafts: token.can('blog:drafts.read'),
    writesAs: token.can('blog:drafts.write') ? token.sub : undefined,
  };
}
