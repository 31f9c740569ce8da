import { describe, expect, it } from 'vitest';
import { createCommandLine } from '../../../test/command-line.ts';

const contract = {
  audiences: {
    'https://shop.example/api': {
      title: 'Shop',
      permissions: { 'shop:read': 'See things', 'shop:refund': 'Refund orders' },
    },
    'https://blog.example/api': { title: 'Blog', permissions: { 'blog:read': 'Read posts' } },
  },
  roles: { reader: ['shop:read', 'blog:read'], support: ['shop:refund'] },
} as const;

const client = {
  client_id: 'shop',
  client_secret: 'shop-secret-0123456789',
  client_name: 'The shop',
  redirect_uris: ['https://shop.example/auth/callback'],
  resources: ['https://shop.example/api'],
  permissions: ['shop:read', 'blog:read'],
};

describe('pnpm idp access', () => {
  it('prints role × permission × site, with the clients that may ask', async () => {
    const line = createCommandLine('file::memory:');
    line.contract = contract;
    line.clients = [client];
    expect(await line.run('access')).toEqual([
      'Shop  https://shop.example/api',
      '               reader  support  clients',
      '  shop:read    yes     -        shop',
      '  shop:refund  -       yes      -',
      '',
      'Blog  https://blog.example/api',
      '             reader  support  clients',
      // The client names the permission and may not call this API.
      '  blog:read  yes     -        -',
    ]);
  });

  it('says where the contract would come from when there is none', async () => {
    const line = createCommandLine('file::memory:');
    expect(await line.run('access')).toEqual([
      'The contract is empty: ACCESS_FILE names the file that holds it.',
    ]);
  });

  it('explains itself, and takes no further words', async () => {
    const line = createCommandLine('file::memory:');
    expect((await line.run('access', '--help')).join()).toContain('Usage: pnpm idp access\n');
    await expect(line.run('access', 'everything')).rejects.toThrow('Usage: pnpm idp access');
  });
});
