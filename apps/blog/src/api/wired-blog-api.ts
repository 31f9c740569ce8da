import { systemClock } from '@sso/auth';
import { logLine } from '@sso/site/log';
import { deps } from '../deps.ts';
import { createBlogApi } from './blog-api.ts';

/** The API of this process, wired to the blog's database and verifier. */
export function blogApi() {
  const { resource, database, env } = deps();
  return createBlogApi({ resource, database, baseUrl: env.BASE_URL, clock: systemClock, observe: logLine });
}
