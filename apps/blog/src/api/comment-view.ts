import type { Comment } from '../comments/comments.ts';

/** A comment as the API gives it. */
export interface CommentView {
  readonly id: string;
  /** The name of whoever wrote it; null where it isn't known, or where the comment is hidden. */
  readonly author: string | null;
  readonly writtenAt: string;
  /** Null where it is hidden, but for those who hide comments. */
  readonly text: string | null;
  readonly hidden: boolean;
}

/** @param moderates whether the reader sees what is hidden */
export function commentView(comment: Comment, moderates: boolean): CommentView {
  const { id, personName, writtenAt, text, isHidden } = comment;
  const isSeen = !isHidden || moderates;
  return {
    id,
    author: isSeen ? (personName ?? null) : null,
    writtenAt: new Date(writtenAt * 1000).toISOString(),
    text: isSeen ? text : null,
    hidden: isHidden,
  };
}
