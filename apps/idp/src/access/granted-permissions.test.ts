import { describe, expect, it } from 'vitest';
import { access, BLOG_API, SHOP_API } from '../../test/registrations.ts';
import { HOSTILE_NAMES } from '../../test/hostile-names.ts';
import { parseAccess } from './access-file.ts';
import { grantedPermissions } from './granted-permissions.ts';

const everything = ['shop:products.read', 'shop:prices.member', 'blog:posts.read', 'blog:drafts.read'];
const question = {
  access: parseAccess(access),
  audience: SHOP_API,
  roles: ['member'],
  allowed: everything,
  scope: [],
};

describe('a token for an audience', () => {
  it.each([
    [
      'holds all of the audience where none of its scopes is named',
      {},
      ['shop:products.read', 'shop:prices.member'],
    ],
    ['only what was requested', { scope: ['openid', 'shop:products.read'] }, ['shop:products.read']],
    ['only what the client is allowed', { allowed: ['shop:prices.member'] }, ['shop:prices.member']],
    ['only what the person holds', { roles: ['reader'] }, ['shop:products.read']],
    ['nothing for nobody', { roles: [] }, []],
    ['nothing for unknown roles', { roles: ['constructor', '__proto__', 'admin'] }, []],
    ['nothing at an unknown audience', { audience: 'toString' }, []],
    ['nothing when the client is allowed nothing', { allowed: [] }, []],
    [
      'nothing more than was asked for, though scopes of others are named',
      { scope: ['blog:posts.read'] },
      ['shop:products.read', 'shop:prices.member'],
    ],
  ])('%s', (_what, change, permissions) => {
    expect(grantedPermissions({ ...question, ...change }).permissions).toEqual(permissions);
  });

  it('says in its scope what the client may do, held by the person or not', () => {
    const answer = grantedPermissions({ ...question, audience: BLOG_API, roles: ['reader'] });
    expect(answer).toEqual({
      scope: ['blog:posts.read', 'blog:drafts.read'],
      permissions: ['blog:posts.read'],
    });
  });
});

describe('ACCESS_FILE', () => {
  it.each([
    ['no object', [], /expected object/],
    ['no roles', { audiences: {} }, /roles/],
    ['a role with an unknown permission', { audiences: {}, roles: { a: ['x'] } }, /no audience defines/],
  ])('refuses %s', (_what, content, message) => {
    expect(() => parseAccess(content)).toThrow(message);
  });

  it.each(HOSTILE_NAMES)('U-11 refuses a title that is %s', (_what, title) => {
    const content = { audiences: { 'https://a.example': { title, permissions: {} } }, roles: {} };
    expect(() => parseAccess(content)).toThrow(/title/);
  });
});
