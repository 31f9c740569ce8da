import { z } from 'zod';
import { findParsingCost } from '../markup/parsing-cost.ts';
import { LIMITS } from './limits.ts';

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'is missing')
    .max(most, `is longer than ${most} characters`)
    // oxlint-disable-next-line no-control-regex -- what these characters do to a line is the reason to refuse them
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must be one line');

/** What an author writes. */
export const draftText = z.strictObject({
  title: line(LIMITS.title),
  summary: line(LIMITS.summary),
  topic: line(LIMITS.topic),
  /** Markdown. */
  body: z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(1, 'is missing').max(LIMITS.body, `is longer than ${LIMITS.body} characters`))
    .superRefine((text, context) => {
      const message = text.length > LIMITS.body ? undefined : findParsingCost(text);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    }),
});

export type DraftText = z.infer<typeof draftText>;

export const commentText = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(z.string().min(1, 'is missing').max(LIMITS.comment, `is longer than ${LIMITS.comment} characters`));
