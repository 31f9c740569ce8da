'use server';

import { systemClock } from '@sso/auth';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { logLine } from '@sso/site/log';
import { action } from '../auth.ts';
import { deps } from '../deps.ts';
import { rememberName } from '../people/people.ts';
import type { BlogEvent } from './blog-event.ts';
import { type DraftFormState, textOf, typedIn } from './draft-form.ts';
import { type DraftText, draftText } from './draft-text.ts';
import { createDraft, deleteDraft, updateDraft } from './drafts.ts';
import { publishPost, takeBackPost } from './publish.ts';
import { findPost } from './posts.ts';
import { readerOf } from './posts-for-session.ts';
import { orRefusal } from './writing-refused.ts';

const slug = z.string().min(1).max(100);
const version = z.coerce.number().int().positive();
const post = z.object({ slug, version });

/** Begins a draft: `title`, `summary`, `topic`, `body`; `key` makes it one draft however often it is pressed. */
export async function beginDraft(_state: DraftFormState, form: FormData): Promise<DraftFormState> {
  return guardedBegin(form);
}

const guardedBegin = action(
  async ({ user }, form: FormData): Promise<DraftFormState> => {
    const text = readText(form);
    if ('errors' in text) return text;
    const key = z.string().min(1).max(64).safeParse(form.get('key'));
    if (!key.success) return redirect('/drafts/new');
    const database = await deps().database();
    await rememberName(database, user);
    const written = await orRefusal(
      createDraft(database, { sub: user.sub, now: systemClock() }, text, key.data),
    );
    if ('code' in written) return { typed: text, errors: {}, refusal: written.code };
    if (written.isNew) tell('draft.created', written.post.slug, user.sub);
    return redirect(`${editorOf(written.post.slug)}?saved=${written.post.version}`);
  },
  { permission: 'blog:drafts.write' },
);

/** Changes one's own draft `slug`, where it still is the `version` that the form was filled from. */
export async function changeDraft(_state: DraftFormState, form: FormData): Promise<DraftFormState> {
  return guardedChange(form);
}

const guardedChange = action(
  async ({ user }, form: FormData): Promise<DraftFormState> => {
    const draft = post.safeParse(Object.fromEntries(form));
    if (!draft.success) redirect('/drafts');
    const text = readText(form);
    if ('errors' in text) return { ...text, version: draft.data.version };
    const database = await deps().database();
    await rememberName(database, user);
    const writer = { sub: user.sub, now: systemClock() };
    const written = await orRefusal(updateDraft(database, writer, draft.data, text));
    if (!('code' in written)) {
      tell('draft.changed', written.slug, user.sub);
      return redirect(`${editorOf(written.slug)}?saved=${written.version}`);
    }
    return {
      typed: text,
      errors: {},
      refusal: written.code,
      ...(await storedDraft(user.sub, draft.data.slug)),
    };
  },
  { permission: 'blog:drafts.write' },
);

/** Deletes one's own draft `slug`, where it still is the `version` that was shown. */
export async function removeDraft(form: FormData): Promise<never> {
  return guardedRemove(form);
}

const guardedRemove = action(
  async ({ user: { sub } }, form: FormData): Promise<never> => {
    const draft = post.safeParse(Object.fromEntries(form));
    if (!draft.success) redirect('/drafts');
    const removed = await orRefusal(
      deleteDraft(await deps().database(), { sub }, draft.data).then(() => ({ isGone: true })),
    );
    if (!('code' in removed)) tell('draft.deleted', draft.data.slug, sub);
    // Pressed twice, it is gone all the same.
    if (!('code' in removed) || removed.code === 'post_unknown') redirect('/drafts?done=deleted');
    redirect(`${editorOf(draft.data.slug)}?refused=${removed.code}`);
  },
  { permission: 'blog:drafts.write' },
);

/** Publishes the draft `slug`, where it still is the `version` that was shown. */
export async function publish(form: FormData): Promise<never> {
  return guardedPublish(form);
}

const guardedPublish = action(
  async (session, form: FormData): Promise<never> => {
    const draft = post.safeParse(Object.fromEntries(form));
    if (!draft.success) redirect('/drafts');
    const { database } = deps();
    const published = await orRefusal(
      publishPost(await database(), readerOf(session), draft.data, systemClock()),
    );
    if (!('code' in published)) tell('post.published', draft.data.slug, session.user.sub);
    redirect(noteOf(draft.data.slug, published, 'published'));
  },
  { permission: 'blog:posts.publish' },
);

/** Makes the published post `slug` a draft again. */
export async function takeBack(form: FormData): Promise<never> {
  return guardedTakeBack(form);
}

const guardedTakeBack = action(
  async (session, form: FormData): Promise<never> => {
    const fields = z.object({ slug }).safeParse(Object.fromEntries(form));
    if (!fields.success) redirect('/');
    const taken = await orRefusal(takeBackPost(await deps().database(), readerOf(session), fields.data.slug));
    if (!('code' in taken)) tell('post.taken_back', fields.data.slug, session.user.sub);
    redirect(noteOf(fields.data.slug, taken, 'taken_back'));
  },
  { permission: 'blog:posts.publish' },
);

function readText(form: FormData): DraftText | DraftFormState {
  const typed = typedIn(form);
  const read = draftText.safeParse(typed);
  if (read.success) return read.data;
  const errors: Partial<Record<keyof DraftText, string>> = {};
  const { fieldErrors } = z.flattenError(read.error);
  for (const name of ['title', 'summary', 'topic', 'body'] as const) {
    const [first] = fieldErrors[name] ?? [];
    if (first !== undefined) errors[name] = first;
  }
  return { typed, errors };
}

/** What is stored of one's own draft by now. */
async function storedDraft(sub: string, id: string): Promise<Pick<DraftFormState, 'stored' | 'version'>> {
  const stored = await findPost(await deps().database(), { seesDrafts: false, writesAs: sub }, id);
  if (stored?.author?.sub !== sub) return {};
  return { version: stored.version, stored: textOf(stored) };
}

function tell(type: BlogEvent['type'], id: string, sub: string): void {
  const event: BlogEvent = { type, slug: id, sub, through: deps().env.CLIENT_ID };
  logLine(event);
}

const editorOf = (id: string) => `/drafts/${encodeURIComponent(id)}`;

/** A post's own page, which says what was done or why nothing was. */
function noteOf(id: string, result: object, done: string): string {
  const outcome = 'code' in result ? `refused=${String(result.code)}` : `done=${done}`;
  return `/notes/${encodeURIComponent(id)}?${outcome}`;
}
