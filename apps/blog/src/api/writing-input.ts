import { z } from 'zod';
import { commentText, draftText } from '../posts/draft-text.ts';

/** `POST /api/drafts`. */
export const newDraft = draftText;

const version = z.int().min(1);

/** `PUT /api/drafts/:slug`: the text, and the version that it was made from. */
export const changedDraft = draftText.extend({ version });

/** `POST /api/posts/:slug/publish`: the version that was read. */
export const publication = z.strictObject({ version });

/** `POST /api/posts/:slug/comments`. */
export const newComment = z.strictObject({ text: commentText });

/** `DELETE /api/drafts/:slug`. */
export const deletionQuery = z.strictObject({
  version: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be the version of the draft, a whole number')
    .transform(Number),
});

/** `GET /api/posts/:slug/comments`. */
export const commentQuery = z.strictObject({
  before: z.string().min(1).max(64).optional(),
  limit: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(100))
    .optional(),
});

/** As large as a draft's JSON may be: its longest text, each letter escaped. */
export const MAX_DRAFT_BYTES = 128 * 1024;
