import { type BlogApiOptions, createApiTools } from './api-tools.ts';
import { createCommentsApi } from './comments-api.ts';
import { createDraftsApi } from './drafts-api.ts';
import { createPostsApi } from './posts-api.ts';

/** The blog's API: bearer tokens only (RFC 6750 §2.1), never the session cookie, so no page can be made to call it. */
export function createBlogApi(options: BlogApiOptions) {
  const tools = createApiTools(options);
  return {
    posts: createPostsApi(tools),
    drafts: createDraftsApi(tools),
    comments: createCommentsApi(tools),
  };
}
