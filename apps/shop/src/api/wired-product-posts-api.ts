import { apps } from '@sso/domains';
import { logLine } from '@sso/site/log';
import { onBehalfOf } from '../auth.ts';
import { BLOG_TIMEOUT_MILLISECONDS } from '../blog/find-blog-posts.ts';
import { deps } from '../deps.ts';
import { createProductPostsApi } from './product-posts-api.ts';

/** The API of posts about products of this process, wired to the shop's verifier and to the blog. */
export function productPostsApi() {
  const { resource, env } = deps();
  return createProductPostsApi({
    resource,
    blogUrl: env.BLOG_URL,
    askBlog: (request, token, url) => {
      const signal = AbortSignal.timeout(BLOG_TIMEOUT_MILLISECONDS);
      return onBehalfOf(request, token).fetch(apps.blog.audience, url, { signal });
    },
    observe: logLine,
  });
}
