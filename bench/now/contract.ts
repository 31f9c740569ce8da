import { defineAccess } from '../../packages/auth/src/access/index.ts';

export const BLOG_API = 'https://blog.example/api';

export const access = defineAccess({
  audiences: { [BLOG_API]: { title: 'Blog', permissions: { 'posts.read': 'Read posts' } } },
  roles: { reader: ['posts.read'] },
});
