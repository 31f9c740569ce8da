import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { bearer } from './bearer.ts';
import type { StackInfo } from './shared-stack.ts';
import { tokensOf } from './tokens.ts';

const draftIn = z.object({ draft: z.object({ slug: z.string() }) });
const postIn = z.object({ post: z.object({ version: z.number() }) });
const commentIn = z.object({ comment: z.object({ id: z.string() }) });

/** Calls the blog's API with a token and a JSON body. */
export function callBlog(
  stack: StackInfo,
  token: string | undefined,
  path: string,
  { method = 'POST', body }: { readonly method?: string; readonly body?: object } = {},
): Promise<Response> {
  return fetch(`${stack.origins.blog}/api${path}`, {
    method,
    headers: { ...bearer(token), 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export const draftText = {
  title: 'A comet, at last',
  topic: 'The sky',
  summary: 'Where to look, and when.',
  body: 'Look **west** after sunset.',
};

/** Runs `use` with a draft of noor's, which is gone afterwards, published or not. */
export async function withDraft<T>(
  stack: StackInfo,
  use: (slug: string) => Promise<T>,
  title = draftText.title,
): Promise<T> {
  const [author, editor] = await Promise.all(
    ['noor', 'mira'].map(async (one) => (await tokensOf(stack, 'blog', one)).access_token),
  );
  const made = await callBlog(stack, author, '/drafts', { body: { ...draftText, title } });
  const { slug } = draftIn.parse(await made.json()).draft;
  const done = await use(slug);
  await callBlog(stack, editor, `/posts/${slug}/unpublish`);
  const left = await callBlog(stack, author, `/posts/${slug}`, { method: 'GET' });
  if (left.ok) {
    const { version } = postIn.parse(await left.json()).post;
    await callBlog(stack, author, `/drafts/${slug}?version=${version}`, { method: 'DELETE' });
  }
  return done;
}

/** A comment that a demo person has written by the API. @returns its id */
export async function commentAs(
  stack: StackInfo,
  username: string,
  slug: string,
  text: string,
): Promise<string> {
  const { access_token } = await tokensOf(stack, 'blog', username);
  const response = await callBlog(stack, access_token, `/posts/${slug}/comments`, { body: { text } });
  return commentIn.parse(await response.json()).comment.id;
}
