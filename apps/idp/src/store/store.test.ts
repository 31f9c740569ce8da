import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPostgres, startPostgres } from '../../test/throwaway-postgres.ts';
import { openStore, type Store } from './index.ts';
import { describeOutbox } from '../../test/outbox-contract.ts';
import { describePermissionChanges } from '../../test/permission-changes-contract.ts';
import { describeStore } from '../../test/store-contract.ts';
import { NOW, unique } from '../../test/store-samples.ts';

describe('on SQLite', () => {
  describeStore(() => openStore('file::memory:'));

  const folders: string[] = [];
  const openFile = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'idp-store-'));
    folders.push(folder);
    return `file:${join(folder, 'idp.sqlite')}`;
  };
  describeOutbox(openFile);
  describePermissionChanges(openFile);
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));
});

describe.skipIf(!hasPostgres)('on PostgreSQL', () => {
  const server = hasPostgres ? startPostgres() : undefined;
  afterAll(async () => (await server)?.[Symbol.asyncDispose]());
  describeStore(async () => openStore((await server)?.url ?? ''));
  describeOutbox(async () => (await server)?.url ?? '');
  describePermissionChanges(async () => (await server)?.url ?? '');

  it('two nodes may migrate the same database at once', async () => {
    const { url } = (await server) ?? { url: '' };
    const nodes: Store[] = await Promise.all([openStore(url), openStore(url)]);
    await Promise.all(nodes.map((node) => node.ping()));
    await Promise.all(nodes.map((node) => node.close()));
    expect(nodes).toHaveLength(2);
  });

  it('G17 two nodes give tries no more places than one', async () => {
    const { url } = (await server) ?? { url: '' };
    const nodes: Store[] = [await openStore(url), await openStore(url)];
    const budget = { key: unique('budget'), limit: 10, windowSeconds: 900 };
    const tries = Array.from({ length: 400 }, (_, index) => ({
      id: String(index).padStart(8, '0'),
      at: NOW,
    }));
    const taken = await Promise.all(
      tries.map(async (one, index) => nodes[index % 2]?.reserveAttempt(budget, one)),
    );
    expect(taken.filter(Boolean)).toHaveLength(10);
    await Promise.all(nodes.map((node) => node.close()));
  });
});
