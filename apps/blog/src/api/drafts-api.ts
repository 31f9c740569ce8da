import { readJsonBody, readParameters, requireIdempotencyKey } from '@sso/site/http';
import type { BlogToken } from '../deps.ts';
import { createDraft, deleteDraft, updateDraft } from '../posts/drafts.ts';
import type { Post } from '../posts/post.ts';
import { findPost, listPosts } from '../posts/posts.ts';
import { WritingRefused } from '../posts/writing-refused.ts';
import { type BlogApiTools, headers, readerOfToken } from './api-tools.ts';
import { postView } from './post-view.ts';
import { changedDraft, deletionQuery, MAX_DRAFT_BYTES, newDraft } from './writing-input.ts';
import { withRefusals } from './writing-problem.ts';

const bodies = { maxBytes: MAX_DRAFT_BYTES };

/** Writing. Editors see all drafts here, and authors their own; nobody changes a draft of somebody else. */
export function createDraftsApi({ resource, guard, database, baseUrl, clock, observe }: BlogApiTools) {
  const whole = (post: Post) => ({ ...postView(post, baseUrl), body: post.body });
  const tell = (type: 'created' | 'changed' | 'deleted', slug: string, token: BlogToken) =>
    observe({ type: `draft.${type}`, slug, sub: token.sub, through: token.client_id });
  const requireSight = (token: BlogToken) => {
    if (!token.can('blog:drafts.write')) resource.requirePermission(token, 'blog:drafts.read');
  };
  return {
    /** `GET /api/drafts`. */
    list: guard(async (_request, token) => {
      requireSight(token);
      const drafts = await listPosts(await database(), readerOfToken(token), { draftsOnly: true });
      return Response.json({ drafts: drafts.map((post) => postView(post, baseUrl)) }, { headers });
    }),
    /** `GET /api/drafts/:slug`, with the text. */
    show: guard(
      withRefusals(async (_request: Request, token: BlogToken, slug: string) => {
        requireSight(token);
        const post = await findPost(await database(), readerOfToken(token), slug);
        if (!post || post.publishedOn !== undefined) throw new WritingRefused({ code: 'post_unknown' });
        return Response.json({ draft: whole(post) }, { headers });
      }),
    ),
    /** `POST /api/drafts` with `Idempotency-Key`. */
    create: guard(
      withRefusals(async (request: Request, token: BlogToken) => {
        const key = requireIdempotencyKey(request);
        const text = await readJsonBody(request, newDraft, bodies);
        const writer = { sub: token.sub, now: clock() };
        const { post, isNew } = await createDraft(await database(), writer, text, key);
        if (isNew) tell('created', post.slug, token);
        const location = `${baseUrl}/api/drafts/${encodeURIComponent(post.slug)}`;
        return Response.json({ draft: whole(post) }, { status: 201, headers: { ...headers, location } });
      }),
      { permission: 'blog:drafts.write' },
    ),
    /** `PUT /api/drafts/:slug`, with the `version` that was read. */
    change: guard(
      withRefusals(async (request: Request, token: BlogToken, slug: string) => {
        const { version, ...text } = await readJsonBody(request, changedDraft, bodies);
        const writer = { sub: token.sub, now: clock() };
        const post = await updateDraft(await database(), writer, { slug, version }, text);
        tell('changed', slug, token);
        return Response.json({ draft: whole(post) }, { headers });
      }),
      { permission: 'blog:drafts.write' },
    ),
    /** `DELETE /api/drafts/:slug?version=3`. */
    remove: guard(
      withRefusals(async (request: Request, token: BlogToken, slug: string) => {
        const { version } = readParameters(request, deletionQuery);
        await deleteDraft(await database(), token, { slug, version });
        tell('deleted', slug, token);
        return new Response(null, { status: 204, headers });
      }),
      { permission: 'blog:drafts.write' },
    ),
  };
}
