import type { Permission } from '@sso/domains';
import {
  get,
  open,
  outcomeOfCall,
  requireFields,
  sendForm,
  testAccessCells,
  type Tries,
} from '../fixtures/access-cells.ts';
import { callBlog, commentAs, draftText, withDraft } from '../support/blog-writing.ts';
import { createCookieJar } from '../support/cookie-jar.ts';
import { findForm } from '../support/server-action.ts';
import type { StackInfo } from '../support/shared-stack.ts';
import { signInOverHttp } from '../support/sign-in-over-http.ts';

type BlogPermission = Extract<Permission, `blog:${string}`>;

const note = '/notes/ten-by-fifty';

const tries: Readonly<Record<BlogPermission, Tries>> = {
  'blog:posts.read': { api: get('/api/posts'), page: open('/') },
  'blog:drafts.read': {
    api: get('/api/drafts/drawing-jupiter'),
    page: open('/notes/drawing-jupiter', /before it turns away/),
  },
  'blog:drafts.write': {
    api: async ({ stack, token }) =>
      outcomeOfCall(await callBlog(stack, token, '/drafts', { body: draftText })),
    page: open('/drafts/new', /name="body"/),
    action: async (trier) => {
      const fields = await formOf(trier.stack, 'noor', '/drafts/new', 'body');
      for (const [name, value] of Object.entries(draftText)) fields.set(name, value);
      return sendForm(trier, '/drafts/new', fields);
    },
  },
  'blog:posts.publish': {
    api: ({ stack, token }) =>
      withDraft(stack, async (slug) =>
        outcomeOfCall(await callBlog(stack, token, `/posts/${slug}/publish`, { body: { version: 1 } })),
      ),
    page: (trier) => withDraft(trier.stack, (slug) => open(`/notes/${slug}`, /Publish it/)(trier)),
    action: (trier) =>
      withDraft(trier.stack, async (slug) => {
        const path = `/notes/${slug}`;
        return sendForm(trier, path, await formOf(trier.stack, 'mira', path, 'version'));
      }),
  },
  'blog:comments.write': {
    api: async ({ stack, token }) =>
      outcomeOfCall(
        await callBlog(stack, token, '/posts/ten-by-fifty/comments', { body: { text: 'Steady hands.' } }),
      ),
    page: open(note, /name="comment"/),
    action: async (trier) => {
      const fields = await formOf(trier.stack, 'ben', note, 'comment');
      fields.set('comment', 'Lean on a fence.');
      return sendForm(trier, note, fields);
    },
  },
  'blog:comments.hide': {
    api: async ({ stack, token }) =>
      outcomeOfCall(await callBlog(stack, token, `/comments/${await requireComment(stack)}/hide`)),
    page: async (trier) => {
      await requireComment(trier.stack);
      return open('/notes/dew-is-a-matter-of-view', /name="hide"/)(trier);
    },
    action: async (trier) => {
      await requireComment(trier.stack);
      const path = '/notes/dew-is-a-matter-of-view';
      return sendForm(trier, path, await formOf(trier.stack, 'kit', path, 'hide'));
    },
  },
};

// Published posts are open to all: the permission is asked of those who call the API.
testAccessCells({ site: 'blog', tries, openToAll: ['blog:posts.read'] });

/** The form that somebody with the permission is shown. */
async function formOf(
  stack: StackInfo,
  username: string,
  path: string,
  field: string,
): Promise<URLSearchParams> {
  const jar = createCookieJar();
  await signInOverHttp(jar, stack, 'blog', username);
  return requireFields(await findForm(jar, stack.origins.blog + path, field));
}

let comment: Promise<string> | undefined;

/** One comment to be hidden, over and over: nobody may write as many as there are cells. */
function requireComment(stack: StackInfo): Promise<string> {
  comment ??= commentAs(stack, 'ada', 'dew-is-a-matter-of-view', 'It was wet indeed.');
  return comment;
}
