import type { WritingRefusal } from '../posts/writing-refused.ts';

/** What a comment's form shows after it was sent and nothing was written. */
export interface CommentFormState {
  readonly typed: string;
  readonly error?: string | undefined;
  readonly refusal?: WritingRefusal | undefined;
}
