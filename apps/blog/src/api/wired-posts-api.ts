import { logLine } from '@sso/site/log';
import { deps } from '../deps.ts';
import { createPostsApi } from './posts-api.ts';

/** The posts API of this process, wired to the blog's database and verifier. */
export function postsApi() {
  const { resource, database, env } = deps();
  return createPostsApi({ resource, database, baseUrl: env.BASE_URL, observe: logLine });
}
