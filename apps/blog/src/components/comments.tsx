import { randomUUID } from 'node:crypto';
import { loginHref } from '@sso/auth/wire';
import { MissingPermission } from '@sso/site/pages';
import { Notice } from '@sso/ui';
import { auth } from '../auth.ts';
import { listComments } from '../comments/comments.ts';
import { deps } from '../deps.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentItem } from './comment-item.tsx';

interface CommentsProps {
  readonly slug: string;
  /** The note's own address: where signing in leads back to. */
  readonly path: string;
  /** The id of the comment before which this page of them begins. */
  readonly before: string | undefined;
}

const PAGE = 50;

/** The comments of a published post, the latest first, and the way to write one. */
export async function Comments({ slug, path, before }: CommentsProps) {
  const session = await auth();
  const comments = await listComments(await deps().database(), slug, { before, limit: PAGE });
  const moderates = session?.can('blog:comments.hide') ?? false;
  const last = comments.at(-1);
  return (
    <section className="comments" id="comments" aria-labelledby="comments-title">
      <h2 id="comments-title">Comments</h2>
      <WayToComment slug={slug} path={path} />
      {comments.length === 0 ? (
        <p className="muted">
          {before === undefined ? 'Nobody has said anything yet.' : 'There are no older ones.'}
        </p>
      ) : (
        <ol className="comment-list">
          {comments.map((comment) => (
            <CommentItem key={comment.id} comment={comment} moderates={moderates} />
          ))}
        </ol>
      )}
      {last && comments.length === PAGE && (
        <p>
          <a className="button quiet" href={`${path}?${new URLSearchParams({ before: last.id })}#comments`}>
            Older comments
          </a>
        </p>
      )}
    </section>
  );
}

async function WayToComment({ slug, path }: Pick<CommentsProps, 'slug' | 'path'>) {
  const session = await auth();
  if (!session) {
    return (
      <p>
        <a href={loginHref(path)}>Sign in to comment</a>
      </p>
    );
  }
  if (!session.can('blog:comments.write')) {
    return (
      <Notice title="This account may not comment" tone="info">
        <MissingPermission permission="blog:comments.write" />
      </Notice>
    );
  }
  return <CommentForm slug={slug} idempotencyKey={randomUUID()} />;
}
