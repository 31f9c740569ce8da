'use server';

import { systemClock } from '@sso/auth';
import { logLine } from '@sso/site/log';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { action } from '../auth.ts';
import { deps } from '../deps.ts';
import { rememberName } from '../people/people.ts';
import type { BlogEvent } from '../posts/blog-event.ts';
import { commentText } from '../posts/draft-text.ts';
import { orRefusal } from '../posts/writing-refused.ts';
import type { CommentFormState } from './comment-form.ts';
import { addComment, type Comment, setHidden } from './comments.ts';

const slug = z.string().min(1).max(100);
const form = z.object({ slug, key: z.string().min(1).max(64), comment: z.string() });

/** Comments the post `slug`: `comment`; `key` makes it one comment however often it is pressed. */
export async function comment(_state: CommentFormState, fields: FormData): Promise<CommentFormState> {
  return guardedComment(fields);
}

const guardedComment = action(
  async ({ user }, sent: FormData): Promise<CommentFormState> => {
    const fields = form.safeParse(Object.fromEntries(sent));
    if (!fields.success) redirect('/');
    const { slug: post, key: idempotencyKey, comment: typed } = fields.data;
    const text = commentText.safeParse(typed);
    if (!text.success) return { typed, error: text.error.issues[0]?.message };
    const database = await deps().database();
    await rememberName(database, user);
    const writer = { sub: user.sub, now: systemClock() };
    const written = await orRefusal(
      addComment(database, writer, { slug: post, text: text.data, idempotencyKey }),
    );
    if ('code' in written) return { typed, refusal: written };
    if (written.isNew) tell('comment.written', written.comment, user.sub);
    return redirect(`${noteOf(post)}?done=commented#comment-${written.comment.id}`);
  },
  { permission: 'blog:comments.write' },
);

const hiding = z.object({ slug, id: z.string().min(1).max(64), hide: z.enum(['yes', 'no']) });

/** Hides the comment `id` of the post `slug`, or shows it again. */
export async function moderate(fields: FormData): Promise<never> {
  return guardedModerate(fields);
}

const guardedModerate = action(
  async ({ user: { sub } }, sent: FormData): Promise<never> => {
    const fields = hiding.safeParse(Object.fromEntries(sent));
    if (!fields.success) redirect('/');
    const { slug: post, id, hide } = fields.data;
    const moderator = { sub, now: systemClock() };
    const changed = await orRefusal(setHidden(await deps().database(), id, hide === 'yes', moderator));
    if ('code' in changed) redirect(`${noteOf(post)}?refused=${changed.code}#comments`);
    tell(hide === 'yes' ? 'comment.hidden' : 'comment.shown', changed, sub);
    redirect(`${noteOf(changed.slug)}?done=${hide === 'yes' ? 'hidden' : 'shown'}#comment-${id}`);
  },
  { permission: 'blog:comments.hide' },
);

function tell(type: BlogEvent['type'], { id, slug: post }: Comment, sub: string): void {
  const event: BlogEvent = { type, slug: post, comment: id, sub, through: deps().env.CLIENT_ID };
  logLine(event);
}

const noteOf = (id: string) => `/notes/${encodeURIComponent(id)}`;
