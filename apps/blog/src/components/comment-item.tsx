import { SubmitButton } from '@sso/site/submit-button';
import { moderate } from '../comments/actions.ts';
import type { Comment } from '../comments/comments.ts';
import { timeText } from './date-text.ts';

interface CommentItemProps {
  readonly comment: Comment;
  /** Whether the reader hides comments and shows them again. */
  readonly moderates: boolean;
}

/** A comment; where it is hidden its place says so, and moderators alone see what it said. */
export function CommentItem({ comment, moderates }: CommentItemProps) {
  const { id, isHidden, text, personName, writtenAt } = comment;
  return (
    <li id={`comment-${id}`} className={isHidden ? 'comment hidden-comment' : 'comment'}>
      <p className="byline">
        {(!isHidden || moderates) && (
          <strong>
            <bdi>{personName ?? 'Somebody'}</bdi>
          </strong>
        )}
        <time dateTime={new Date(writtenAt * 1000).toISOString()}>{timeText(writtenAt)}</time>
        {isHidden && moderates && <span className="badge">Hidden</span>}
      </p>
      {isHidden && !moderates ? (
        <p className="muted">A moderator has hidden this comment.</p>
      ) : (
        <p className="comment-text">
          <bdi>{text}</bdi>
        </p>
      )}
      {moderates && <ModerateForm comment={comment} />}
    </li>
  );
}

function ModerateForm({ comment: { id, slug, isHidden, personName } }: { readonly comment: Comment }) {
  return (
    <form action={moderate}>
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="hide" value={isHidden ? 'no' : 'yes'} />
      <SubmitButton className="button quiet small" pending={isHidden ? 'Showing …' : 'Hiding …'}>
        {isHidden ? 'Show again' : 'Hide'}
        <span className="visually-hidden"> the comment of {personName ?? 'somebody'}</span>
      </SubmitButton>
    </form>
  );
}
