import { type Problem, ProblemError } from '@sso/site/http';
import { type Bounded, WritingRefused, type WritingRefusal } from '../posts/writing-refused.ts';

/** A handler whose refusals are problems. */
export function withRefusals<Args extends unknown[]>(
  handle: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await handle(...args);
    } catch (error) {
      if (error instanceof WritingRefused) throw new ProblemError(writingProblem(error.refusal));
      throw error;
    }
  };
}

const ROOM: Readonly<Record<Bounded, string>> = {
  drafts: 'drafts, as many as one may have: delete one first.',
  comments_an_hour: 'comments in an hour, as many as one may write: try again later.',
  comments_on_a_post: 'comments on this post, as many as one may write.',
};

/** Why nothing was written, as the API says it. */
export function writingProblem(refusal: WritingRefusal): Problem {
  const { code: error } = refusal;
  switch (refusal.code) {
    case 'post_unknown':
      // The same for what isn't there and for what somebody may not see.
      return {
        status: 404,
        error: 'not_found',
        detail: 'The blog has no such post for you: GET /api/posts and /api/drafts list those it has.',
      };
    case 'comment_unknown':
      return { status: 404, error: 'not_found', detail: 'There is no such comment.' };
    case 'version_outdated':
      return {
        status: 409,
        error,
        detail: `The draft has changed since: GET it again, it is version ${refusal.version} now.`,
      };
    case 'already_published':
      return { status: 409, error, detail: 'This post is published: take it back before it is changed.' };
    case 'not_published':
      return { status: 409, error, detail: 'This post is a draft.' };
    case 'key_reused':
      return {
        status: 422,
        error,
        detail: 'This Idempotency-Key stands for something else that you have written: send a new one.',
        errors: [{ header: 'Idempotency-Key', detail: 'was used with another content' }],
      };
    case 'too_many':
      return { status: 409, error, detail: `You have written ${refusal.limit} ${ROOM[refusal.of]}` };
    default:
      return refusal satisfies never;
  }
}
