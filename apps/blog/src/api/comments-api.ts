import { readJsonBody, readParameters, requireIdempotencyKey } from '@sso/site/http';
import { addComment, listComments, setHidden } from '../comments/comments.ts';
import type { BlogToken } from '../deps.ts';
import type { BlogDatabase } from '../posts/database.ts';
import { findPost } from '../posts/posts.ts';
import { WritingRefused } from '../posts/writing-refused.ts';
import { type BlogApiTools, headers } from './api-tools.ts';
import { commentView } from './comment-view.ts';
import { commentQuery, newComment } from './writing-input.ts';
import { withRefusals } from './writing-problem.ts';

const PAGE = 50;

/** Comments of published posts. To whoever lists or writes them, a draft is not there. */
export function createCommentsApi({ guard, database, baseUrl, clock, observe }: BlogApiTools) {
  const hide = (isHidden: boolean) =>
    guard(
      withRefusals(async (_request: Request, token: BlogToken, id: string) => {
        const moderator = { sub: token.sub, now: clock() };
        const comment = await setHidden(await database(), id, isHidden, moderator);
        const { slug } = comment;
        const type = isHidden ? 'comment.hidden' : 'comment.shown';
        observe({ type, slug, comment: id, sub: token.sub, through: token.client_id });
        return Response.json({ comment: commentView(comment, true) }, { headers });
      }),
      { permission: 'blog:comments.hide' },
    );
  return {
    /** `GET /api/posts/:slug/comments`, the latest first. */
    list: guard(
      withRefusals(async (request: Request, token: BlogToken, slug: string) => {
        const { before, limit = PAGE } = readParameters(request, commentQuery);
        const db = await requirePublished(database, slug);
        const comments = await listComments(db, slug, { before, limit });
        const last = comments.length === limit ? comments.at(-1) : undefined;
        const moderates = token.can('blog:comments.hide');
        const views = comments.map((comment) => commentView(comment, moderates));
        return Response.json({ comments: views, ...next(baseUrl, slug, limit, last?.id) }, { headers });
      }),
      { permission: 'blog:posts.read' },
    ),
    /** `POST /api/posts/:slug/comments` with `Idempotency-Key`. */
    create: guard(
      withRefusals(async (request: Request, token: BlogToken, slug: string) => {
        const idempotencyKey = requireIdempotencyKey(request);
        const { text } = await readJsonBody(request, newComment);
        const db = await requirePublished(database, slug);
        const writer = { sub: token.sub, now: clock() };
        const { comment, isNew } = await addComment(db, writer, { slug, text, idempotencyKey });
        const { id } = comment;
        if (isNew)
          observe({ type: 'comment.written', slug, comment: id, sub: token.sub, through: token.client_id });
        return Response.json({ comment: commentView(comment, false) }, { status: 201, headers });
      }),
      { permission: 'blog:comments.write' },
    ),
    /** `POST /api/comments/:id/hide`. */
    hide: hide(true),
    /** `POST /api/comments/:id/show`. */
    show: hide(false),
  };
}

async function requirePublished(database: () => Promise<BlogDatabase>, slug: string): Promise<BlogDatabase> {
  const db = await database();
  if (!(await findPost(db, { seesDrafts: false }, slug))) throw new WritingRefused({ code: 'post_unknown' });
  return db;
}

function next(baseUrl: string, slug: string, limit: number, before: string | undefined): { next?: string } {
  if (before === undefined) return {};
  const address = new URL(`${baseUrl}/api/posts/${encodeURIComponent(slug)}/comments`);
  address.search = String(new URLSearchParams({ limit: String(limit), before }));
  return { next: address.href };
}
