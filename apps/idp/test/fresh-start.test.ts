import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMissingKeys } from '../src/keys/first-keys.ts';
import { openStore } from '../src/store/index.ts';
import { addUnsealedKey, openEarlierRelease } from './earlier-release.ts';
import { requirePath } from './search-path.ts';
import { NOW } from './store-samples.ts';
import { testSealer } from './test-sealer.ts';
import { hasPostgres, startPostgres, type ThrowawayPostgres } from './throwaway-postgres.ts';

/** The tables of the release before, and in them what two nodes could do to each other. */
async function writeDoubledKeys(url: string, alg: string): Promise<void> {
  const db = await openEarlierRelease(url, '0007');
  const rows = [
    { kid: 'a', state: 'current', createdAt: NOW, activatedAt: NOW },
    { kid: 'b', state: 'current', createdAt: NOW, activatedAt: NOW + 1 },
    { kid: 'c', state: 'next', createdAt: NOW - 330, activatedAt: undefined },
    { kid: 'd', state: 'next', createdAt: NOW - 330, activatedAt: undefined },
  ];
  for (const row of rows) await addUnsealedKey(db, { ...row, alg, privateJwk: {} });
  await db.destroy();
}

/** What the keys are called once such a database was opened. */
async function openDoubledKeys(url: string): Promise<string[]> {
  await writeDoubledKeys(url, 'EdDSA');
  const store = await openStore(url);
  const keys = await store.listSigningKeys(NOW);
  await store.close();
  return keys.map(({ kid, state }) => `${kid} ${state}`);
}

const SINGLE_KEYS = ['c next', 'a retired', 'b current'];

const STARTS = Array.from({ length: 20 }, (_, index) => index + 1);

/** Opens one database as a node does at its start, and makes the keys that are missing. */
async function start(url: string) {
  const store = await openStore(url);
  await createMissingKeys({ store, sealer: testSealer, clock: () => NOW, leadSeconds: 330 }, 'EdDSA');
  return store;
}

async function startTwice(url: string): Promise<{ kids: string[][]; states: string[] }> {
  const nodes = await Promise.all([start(url), start(url)]);
  const keys = await Promise.all(nodes.map((node) => node.listSigningKeys(NOW)));
  await Promise.all(nodes.map((node) => node.close()));
  return {
    kids: keys.map((known) => known.map(({ kid }) => kid)),
    states: (keys[0] ?? []).map(({ state }) => state).toSorted(),
  };
}

describe('two nodes start at once on an empty SQLite file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-fresh-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(STARTS)('F-16 start %i: both run, with the same current and next key', async (round) => {
    const { kids, states } = await startTwice(`file:${join(folder, `round-${round}.sqlite`)}`);
    expect(kids[0]).toEqual(kids[1]);
    expect(states).toEqual(['current', 'next']);
  });

  it('F-16 a database with two of each from before keeps the one that signs, and publishes the other', async () => {
    expect(await openDoubledKeys(`file:${join(folder, 'doubled.sqlite')}`)).toEqual(SINGLE_KEYS);
  });

  const program = (file: string, words: readonly string[], DATABASE_URL: string) => {
    const env = { PATH: requirePath(), ISSUER: 'http://127.0.0.1:4100', PORT: '0', DATABASE_URL };
    const path = fileURLToPath(new URL(`../src/${file}`, import.meta.url));
    return spawn(process.execPath, [path, ...words], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  };

  it('F-16 two providers and `idp clients list` start as three processes, and agree on one key file', async () => {
    const url = `file:${join(folder, 'processes.sqlite')}`;
    const providers = [program('main.ts', [], url), program('main.ts', [], url)];
    const list = program('cli/main.ts', ['clients', 'list'], url);
    const [complaint, [code]] = await Promise.all([text(list.stderr), once(list, 'close')]);
    expect([code, complaint]).toEqual([0, '']);
    const said = await Promise.all(providers.map(firstWords));
    for (const words of said) expect(words).toContain('listens on');
    const ended = providers.map((provider) => once(provider, 'close'));
    for (const provider of providers) provider.kill('SIGTERM');
    await Promise.all(ended);
  });
});

/** What a program says until it listens, or ends. */
async function firstWords(child: ReturnType<typeof spawn>): Promise<string> {
  let said = '';
  return new Promise((resolve) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        said += String(chunk);
        if (said.includes('listens on')) resolve(said);
      });
    child.once('close', () => resolve(said));
  });
}

describe.skipIf(!hasPostgres)('two nodes start at once on an empty PostgreSQL database', () => {
  let server: ThrowawayPostgres;
  let client: Client;
  beforeAll(async () => {
    server = await startPostgres();
    client = new Client({ connectionString: server.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await server[Symbol.asyncDispose]();
  });

  it.each(STARTS)('F-16 start %i: both run, with the same current and next key', async (round) => {
    await client.query(`create database round_${round}`);
    const { kids, states } = await startTwice(server.url.replace(/[^/]*$/, `round_${round}`));
    expect(kids[0]).toEqual(kids[1]);
    expect(states).toEqual(['current', 'next']);
  });

  it('F-16 a database with two of each from before keeps the one that signs, and publishes the other', async () => {
    await client.query('create database doubled');
    expect(await openDoubledKeys(server.url.replace(/[^/]*$/, 'doubled'))).toEqual(SINGLE_KEYS);
  });
});
