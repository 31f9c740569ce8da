'use client';

import { KeptForm } from '@sso/auth/react';
import { SubmitButton } from '@sso/site/submit-button';
import { useActionState } from 'react';
import { comment } from '../comments/actions.ts';
import type { CommentFormState } from '../comments/comment-form.ts';
import { LIMITS } from '../posts/limits.ts';

interface CommentFormProps {
  readonly slug: string;
  /** Names the comment that this form writes. */
  readonly idempotencyKey: string;
}

/** Writes a comment. What is typed stays where it is refused, and at the end of a session. */
export function CommentForm({ slug, idempotencyKey }: CommentFormProps) {
  const [state, send] = useActionState(comment, { typed: '' });
  const problem = problemOf(state);
  return (
    <KeptForm action={send} name="comment" className="stack" key={idempotencyKey}>
      <input type="hidden" name="slug" value={slug} />
      <input type="hidden" name="key" value={idempotencyKey} />
      <div className="field">
        <label htmlFor="comment">Your comment</label>
        <textarea
          id="comment"
          name="comment"
          rows={4}
          required
          maxLength={LIMITS.comment}
          defaultValue={state.typed}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? 'comment-hint' : 'comment-error comment-hint'}
        />
        {problem !== undefined && (
          <p className="field-error" id="comment-error" role="alert">
            {problem}
          </p>
        )}
        <small id="comment-hint">Plain text, under your name. It can’t be changed afterwards.</small>
      </div>
      <SubmitButton className="button self-start" pending="Sending …">
        Comment
      </SubmitButton>
    </KeptForm>
  );
}

function problemOf({ error, refusal }: CommentFormState): string | undefined {
  if (error !== undefined) return `The comment ${error}.`;
  switch (refusal?.code) {
    case undefined:
      return undefined;
    case 'too_many':
      return refusal.of === 'comments_an_hour'
        ? `You have written ${refusal.limit} comments in an hour, as many as one may. Keep this one, and send it later.`
        : `You have written ${refusal.limit} comments on this note, as many as one may.`;
    case 'not_published':
    case 'post_unknown':
      return 'This note was taken back meanwhile, so nobody can comment on it for now.';
    case 'key_reused':
      return 'This form has sent a comment before. Load the page again to write another.';
    default:
      return 'Nothing was written: please try again.';
  }
}
