import { describe, expect, it } from 'vitest';
import {
  author,
  baseUrl,
  beginDraft,
  draftBody,
  editor,
  moderator,
  openBlogApi,
  reader,
  writeComment,
} from '../../test/open-blog-api.ts';

const note = 'counting-geminids';
const other = { ...author, sub: 'somebody-else' };

describe('an author', () => {
  it('begins a draft, reads it, changes it and deletes it', async () => {
    const api = await openBlogApi();
    const made = await api.createDraft({ ...author, body: draftBody });
    expect(made.status).toBe(201);
    const { draft } = await made.json();
    expect(draft).toMatchObject({
      title: draftBody.title,
      version: 1,
      mentions: ['red-headlamp'],
      draft: true,
    });
    expect(made.headers.get('location')).toBe(`${baseUrl}/api/drafts/${draft.slug}`);
    expect(await (await api.listDrafts(author)).json()).toMatchObject({ drafts: [{ slug: draft.slug }] });
    const changed = await api.changeDraft(
      { ...author, body: { ...draftBody, title: 'Two comets', version: 1 } },
      draft.slug,
    );
    expect(await changed.json()).toMatchObject({ draft: { title: 'Two comets', version: 2 } });
    const removed = await api.removeDraft({ ...author, query: '?version=2' }, draft.slug);
    expect(removed.status).toBe(204);
    expect((await api.showDraft(author, draft.slug)).status).toBe(404);
    expect(api.events.map(({ type }) => type)).toEqual(['draft.created', 'draft.changed', 'draft.deleted']);
  });

  it('who sends the same key again has one draft, and gets it again', async () => {
    const api = await openBlogApi();
    const once = { ...author, body: draftBody, key: 'one' };
    const answers = await Promise.all([api.createDraft(once), api.createDraft(once), api.createDraft(once)]);
    const slugs = await Promise.all(answers.map(async (one) => (await one.json()).draft.slug));
    expect(new Set(slugs).size).toBe(1);
    const reused = await api.createDraft({ ...once, body: { ...draftBody, title: 'Another' } });
    expect(reused.status).toBe(422);
    expect(await reused.json()).toMatchObject({
      error: 'key_reused',
      errors: [{ header: 'Idempotency-Key' }],
    });
  });

  it('A-09 loses nothing where two changes start from the same version: one is told of the other', async () => {
    const api = await openBlogApi();
    const slug = await beginDraft(api);
    const change = (title: string) =>
      api.changeDraft({ ...author, body: { ...draftBody, title, version: 1 } }, slug);
    const answers = await Promise.all(['One', 'Two', 'Three'].map(change));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const refused = answers.find(({ status }) => status === 409);
    expect(await refused?.json()).toMatchObject({
      error: 'version_outdated',
      detail: expect.stringContaining('version 2'),
    });
  });

  it('A-10 may not begin more than fifty drafts', async () => {
    const api = await openBlogApi();
    for (let count = 0; count < 50; count += 1) await beginDraft(api);
    const refused = await api.createDraft({ ...author, body: draftBody });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ error: 'too_many', detail: expect.stringContaining('50') });
    expect((await api.createDraft({ ...other, body: draftBody })).status).toBe(201);
  });

  it('A-01 does not find the draft of somebody else, to read, change or delete', async () => {
    const api = await openBlogApi();
    const slug = await beginDraft(api);
    const answers = [
      await api.showDraft(other, slug),
      await api.showPost(other, slug),
      await api.changeDraft({ ...other, body: { ...draftBody, version: 1 } }, slug),
      await api.removeDraft({ ...other, query: '?version=1' }, slug),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(await (await api.listDrafts(other)).json()).toEqual({ drafts: [] });
    const same = await api.showPost(other, 'no-such-post');
    expect(await same.json()).toEqual(await answers[1]?.json());
  });
});

describe('a draft is refused, and what is wrong is named, where', () => {
  it.each([
    ['the title is missing', { ...draftBody, title: undefined }, '#/title'],
    ['the title is blank', { ...draftBody, title: '  ' }, '#/title'],
    ['the title has two lines', { ...draftBody, title: 'a\nb' }, '#/title'],
    ['the title is too long', { ...draftBody, title: 'a'.repeat(121) }, '#/title'],
    ['the text is too long', { ...draftBody, body: 'a'.repeat(20_001) }, '#/body'],
    ['X-16 the text would take the parser seconds', { ...draftBody, body: '+ '.repeat(9000) }, '#/body'],
    ['the text is a number', { ...draftBody, body: 7 }, '#/body'],
    ['it names an author', { ...draftBody, author: 'mira' }, '#'],
    ['it says that it is published', { ...draftBody, publishedOn: '2026-01-01' }, '#'],
  ])('%s', async (_what, body, pointer) => {
    const api = await openBlogApi();
    const refused = await api.createDraft({ ...author, body });
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(await refused.json()).toMatchObject({ error: 'invalid_input', errors: [{ pointer }] });
  });

  it('the longest text in escaped letters fits, and a larger body is 413', async () => {
    const api = await openBlogApi();
    const escaped = JSON.stringify({ ...draftBody, body: '' }).replace(
      '"body":""',
      `"body":"${'\\u00e9'.repeat(20_000)}"`,
    );
    expect((await api.createDraft({ ...author, text: escaped })).status).toBe(201);
    const refused = await api.createDraft({ ...author, body: { ...draftBody, body: 'a'.repeat(200_000) } });
    expect(refused.status).toBe(413);
  });

  it('the key is missing', async () => {
    const api = await openBlogApi();
    const refused = await api.createDraft({ ...author, body: draftBody, key: undefined });
    expect(await refused.json()).toMatchObject({ status: 400, error: 'idempotency_key_missing' });
  });

  it('the version is missing from a deletion', async () => {
    const api = await openBlogApi();
    const refused = await api.removeDraft(author, await beginDraft(api));
    expect(await refused.json()).toMatchObject({ status: 400, errors: [{ parameter: 'version' }] });
  });
});

describe('an editor', () => {
  it('reads everybody’s drafts, publishes one, and takes it back', async () => {
    const api = await openBlogApi();
    const slug = await beginDraft(api);
    expect((await api.showDraft(editor, slug)).status).toBe(200);
    const published = await api.publish({ ...editor, body: { version: 1 } }, slug);
    expect(await published.json()).toMatchObject({ post: { draft: false, version: 2 } });
    expect((await api.showPost(reader, slug)).status).toBe(200);
    const late = await api.changeDraft({ ...author, body: { ...draftBody, version: 2 } }, slug);
    expect(await late.json()).toMatchObject({ status: 409, error: 'already_published' });
    expect((await api.unpublish(editor, slug)).status).toBe(200);
    expect((await api.showPost(reader, slug)).status).toBe(404);
  });

  it('A-09 publishes once, though ten do it at the same moment', async () => {
    const api = await openBlogApi();
    const slug = await beginDraft(api);
    const ten = Array.from({ length: 10 }, () => api.publish({ ...editor, body: { version: 1 } }, slug));
    const statuses = (await Promise.all(ten)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(9);
  });

  it('A-09 does not publish words that they have not read', async () => {
    const api = await openBlogApi();
    const slug = await beginDraft(api);
    await api.changeDraft({ ...author, body: { ...draftBody, title: 'Other words', version: 1 } }, slug);
    const refused = await api.publish({ ...editor, body: { version: 1 } }, slug);
    expect(await refused.json()).toMatchObject({ status: 409, error: 'version_outdated' });
  });

  it('does not change the draft of an author', async () => {
    const api = await openBlogApi();
    const slug = await beginDraft(api);
    const refused = await api.changeDraft({ ...editor, body: { ...draftBody, version: 1 } }, slug);
    expect(refused.status).toBe(403);
  });
});

describe('comments', () => {
  it('are written once with the same key, and listed', async () => {
    const api = await openBlogApi();
    const once = { ...reader, body: { text: 'Forty in an hour.' }, key: 'one' };
    const answers = await Promise.all([api.comment(once, note), api.comment(once, note)]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    await api.comment({ ...reader, body: { text: 'And two more.' } }, note);
    const { comments } = await (await api.listComments(reader, note)).json();
    expect(comments.map(({ text }: { text: string }) => text).toSorted()).toEqual([
      'And two more.',
      'Forty in an hour.',
    ]);
  });

  it('name their writer where the blog has met them on its pages', async () => {
    const api = await openBlogApi();
    await writeComment(api);
    const nameOf = async () => (await (await api.listComments(reader, note)).json()).comments[0].author;
    expect(await nameOf()).toBe(null);
    await api.database.insertInto('people').values({ sub: 'ben', name: 'Ben Okafor' }).execute();
    expect(await nameOf()).toBe('Ben Okafor');
  });

  it('are hidden by a moderator, which says so in their place, and shown again', async () => {
    const api = await openBlogApi();
    const id = await writeComment(api);
    expect((await api.hide(moderator, id)).status).toBe(200);
    const seen = async (who: { permissions: readonly string[] }) =>
      (await (await api.listComments(who, note)).json()).comments[0];
    expect(await seen(reader)).toMatchObject({ id, hidden: true, text: null, author: null });
    expect(await seen(moderator)).toMatchObject({ hidden: true, text: 'Forty in an hour.' });
    expect((await api.showComment(moderator, id)).status).toBe(200);
    expect(await seen(reader)).toMatchObject({ hidden: false, text: 'Forty in an hour.' });
    expect((await api.hide(moderator, 'no-such-comment')).status).toBe(404);
  });

  it('A-01 are not written below a draft, nor listed, whoever sees it', async () => {
    const api = await openBlogApi();
    const slug = await beginDraft(api);
    for (const who of [reader, author, editor]) {
      expect((await api.comment({ ...who, body: { text: 'First.' } }, slug)).status).toBe(404);
      expect((await api.listComments(who, slug)).status).toBe(404);
    }
  });

  it('A-10 stop at twenty an hour for one person', async () => {
    const api = await openBlogApi();
    for (let count = 0; count < 20; count += 1) await writeComment(api);
    const refused = await api.comment({ ...reader, body: { text: 'One more.' } }, note);
    expect(await refused.json()).toMatchObject({ status: 409, error: 'too_many' });
    expect((await api.comment({ ...author, body: { text: 'Mine.' } }, note)).status).toBe(201);
  });

  it('A-10 stop at fifty of one person below one post', async () => {
    const api = await openBlogApi();
    const rows = Array.from({ length: 50 }, (_, index) => ({
      id: `old-${index}`,
      slug: note,
      person: 'ben',
      written_at: 1,
      text: 'Hello.',
      idempotency_key: `old-${index}`,
    }));
    await api.database.insertInto('comments').values(rows).execute();
    const refused = await api.comment({ ...reader, body: { text: 'One more.' } }, note);
    expect(await refused.json()).toMatchObject({ status: 409, error: 'too_many' });
    expect((await api.comment({ ...reader, body: { text: 'Here.' } }, 'ten-by-fifty')).status).toBe(201);
  });

  it('come in pages', async () => {
    const api = await openBlogApi();
    for (let count = 0; count < 3; count += 1) await writeComment(api);
    const first = await (await api.listComments({ ...reader, query: '?limit=2' }, note)).json();
    expect(first.comments).toHaveLength(2);
    const rest = await (
      await api.listComments({ ...reader, query: new URL(first.next).search }, note)
    ).json();
    expect(rest.comments).toHaveLength(1);
    expect(rest.next).toBeUndefined();
  });

  it.each([
    ['nothing', {}],
    ['blanks', { text: ' \n ' }],
    ['too much', { text: 'a'.repeat(2001) }],
  ])('of %s are refused', async (_what, body) => {
    const refused = await (await openBlogApi()).comment({ ...reader, body }, note);
    expect(await refused.json()).toMatchObject({ status: 422, errors: [{ pointer: '#/text' }] });
  });
});
