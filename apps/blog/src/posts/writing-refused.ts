/** Why nothing was written. */
export type WritingRefusal =
  /** There is no such post for whoever asks. */
  | { readonly code: 'post_unknown' }
  | { readonly code: 'comment_unknown' }
  /** It was changed since it was read: `version` is today's. */
  | { readonly code: 'version_outdated'; readonly version: number }
  /** Only drafts are changed and deleted: an editor takes a published post back first. */
  | { readonly code: 'already_published' }
  | { readonly code: 'not_published' }
  /** The idempotency key stands for another draft or comment of this person. */
  | { readonly code: 'key_reused' }
  /** The person has written as many as one may. */
  | { readonly code: 'too_many'; readonly limit: number; readonly of: Bounded };

/** What one person may have only so many of. */
export type Bounded = 'drafts' | 'comments_an_hour' | 'comments_on_a_post';

/** Nothing was written, and everything is as it was before. */
export class WritingRefused extends Error {
  override readonly name = 'WritingRefused';
  readonly refusal: WritingRefusal;

  constructor(refusal: WritingRefusal) {
    super(`nothing was written: ${refusal.code}`);
    this.refusal = refusal;
  }
}

/** What was done, or why nothing was. Every other error goes on. */
export async function orRefusal<T extends object>(act: Promise<T>): Promise<T | WritingRefusal> {
  try {
    return await act;
  } catch (error) {
    if (error instanceof WritingRefused) return error.refusal;
    throw error;
  }
}
