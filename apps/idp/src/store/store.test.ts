import { afterAll, describe, expect, it } from 'vitest';
import { hasPostgres, startPostgres } from '../../test/throwaway-postgres.ts';
import { openStore, type Store } from './index.ts';
import { describeAttempts } from '../../test/attempts-contract.ts';
import { describeStore } from '../../test/store-contract.ts';

describe('on SQLite', () => {
  describeStore(() => openStore('file::memory:'));
  describeAttempts(() => openStore('file::memory:'));
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = hasPostgres ? startPostgres() : undefined;
  afterAll(async () => (await server)?.[Symbol.asyncDispose]());
  describeStore(async () => openStore((await server)?.url ?? ''));
  describeAttempts(async () => openStore((await server)?.url ?? ''));

  it('two nodes may migrate the same database at once', async () => {
    const { url } = (await server) ?? { url: '' };
    const nodes: Store[] = await Promise.all([openStore(url), openStore(url)]);
    await Promise.all(nodes.map((node) => node.ping()));
    await Promise.all(nodes.map((node) => node.close()));
    expect(nodes).toHaveLength(2);
  });
});
