import { permissionsOfRoles } from '@sso/auth/access';
import { access, apps } from '@sso/domains';
import { describe, expect, it } from 'vitest';
import {
  beginDraft,
  type BlogApiInTest,
  type BlogPermission,
  type Call,
  draftBody,
  openBlogApi,
  writeComment,
} from '../../test/open-blog-api.ts';

/** One call of the API for each permission of the blog: a permission without a call does not compile. */
const calls: Readonly<Record<BlogPermission, (api: BlogApiInTest, who: Call) => Promise<Response>>> = {
  'blog:posts.read': (api, who) => api.showPost(who, 'dew-is-a-matter-of-view'),
  // Somebody else's.
  'blog:drafts.read': async (api, who) => api.showDraft(who, await beginDraft(api)),
  'blog:drafts.write': (api, who) => api.createDraft({ ...who, body: draftBody }),
  'blog:posts.publish': async (api, who) =>
    api.publish({ ...who, body: { version: 1 } }, await beginDraft(api)),
  'blog:comments.write': (api, who) => api.comment({ ...who, body: { text: 'Hello.' } }, 'ten-by-fifty'),
  'blog:comments.hide': async (api, who) => api.hide(who, await writeComment(api)),
};

const roles: readonly (readonly [string, readonly string[]])[] = [
  ...Object.keys(access.roles).map((role): [string, string[]] => [role, [role]]),
  ['nobody', []],
];
const cells = Object.entries(calls).flatMap(([permission, call]) =>
  roles.map(([role, held]) => {
    const permissions = permissionsOfRoles(access, held, apps.blog.audience);
    return { role, permission, permissions, isAllowed: permissions.includes(permission), call };
  }),
);

/** Those who write see drafts too, their own: one of somebody else isn't there for them. */
const isOfOthers = ({ permission, permissions }: { permission: string; permissions: readonly string[] }) =>
  permission === 'blog:drafts.read' && permissions.includes('blog:drafts.write');

describe(`the blog's API, cell by cell of the contract (${cells.length} of role × permission)`, () => {
  it.each(cells.filter(({ isAllowed }) => isAllowed))('$role may $permission', async (cell) => {
    const response = await cell.call(await openBlogApi(), { sub: 'somebody', permissions: cell.permissions });
    expect(response.ok).toBe(true);
  });

  it.each(cells.filter((cell) => !cell.isAllowed && !isOfOthers(cell)))(
    'A-08 $role may not $permission',
    async (cell) => {
      const { permission, permissions, call } = cell;
      const response = await call(await openBlogApi(), { sub: 'somebody', permissions });
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.status).toBe(403);
      const challenge = response.headers.get('www-authenticate');
      expect(challenge).toContain('error="insufficient_scope"');
      expect(challenge).toContain(`scope="${permission}"`);
      expect(await response.json()).toMatchObject({ error: 'insufficient_scope', scope: permission });
    },
  );

  it.each(cells.filter((cell) => !cell.isAllowed && isOfOthers(cell)))(
    'A-01 $role may not $permission: it is not there',
    async ({ permissions, call }) => {
      const response = await call(await openBlogApi(), { sub: 'somebody', permissions });
      expect(response.status).toBe(404);
    },
  );

  it.each(Object.entries(calls))(
    'T-32 %s: without a token there is a bare challenge',
    async (_permission, call) => {
      const response = await call(await openBlogApi(), { permissions: [], authorization: undefined });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="[^"]+"$/);
    },
  );
});
