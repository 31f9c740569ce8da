import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../../../test/command-line.ts';
import { sha256 } from '../../foundation/secrets.ts';
import { openStore } from '../../store/index.ts';

const valueOf = (said: readonly string[], name: string) =>
  new RegExp(`^${name}: (.+)$`, 'm').exec(said.join('\n'))?.[1] ?? '';

describe('pnpm idp initial-tokens', () => {
  let folder: string;
  let line: CommandLine;
  let databaseUrl: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-cli-'));
    databaseUrl = `file:${join(folder, 'idp.sqlite')}`;
    line = createCommandLine(databaseUrl);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function usable(token: string, now = line.now) {
    const store = await openStore(databaseUrl);
    try {
      return await store.findInitialAccessToken(sha256(token), now);
    } finally {
      await store.close();
    }
  }

  it('add shows a token once, and keeps its hash, its uses and its end', async () => {
    const said = await line.run('initial-tokens', 'add', '--uses', '3', '--days', '2');
    const [id, token] = [valueOf(said, 'id'), valueOf(said, 'initial_access_token')];
    expect(token).toMatch(/^[\w-]{43}$/);
    const expiresAt = line.now + 2 * 86_400;
    expect(await usable(token)).toEqual({ id, usesLeft: 3, createdAt: line.now, expiresAt });
    expect(await usable(token, expiresAt)).toBeUndefined();
    expect(line.events).toEqual([{ type: 'initial-token.added', initialTokenId: id }]);
    expect(JSON.stringify(line.events)).not.toContain(token);
    expect((await line.run('initial-tokens', 'list')).join()).not.toContain(token);
  });

  it('add makes one for one client and a week where nothing is said', async () => {
    const said = await line.run('initial-tokens', 'add');
    expect(said.at(-2)).toBe('For 1 client, until 2027-01-22T08:00:00Z.');
  });

  it('list says how much of each is left, and says so when there are none', async () => {
    expect(await line.run('initial-tokens', 'list')).toEqual([
      'There are none. See: pnpm idp initial-tokens add --help',
    ]);
    const id = valueOf(await line.run('initial-tokens', 'add', '--uses', '2', '--days', '1'), 'id');
    expect(await line.run('initial-tokens', 'list')).toEqual([`${id}  2 left  until 2027-01-16T08:00:00Z`]);
    line.now += 86_400;
    expect(await line.run('initial-tokens', 'list')).toHaveLength(1);
    expect((await line.run('initial-tokens', 'list')).join()).not.toContain(id);
  });

  it('remove takes it back, once', async () => {
    const said = await line.run('initial-tokens', 'add');
    const id = valueOf(said, 'id');
    expect(await line.run('initial-tokens', 'remove', id)).toEqual([`${id} is removed`]);
    expect(await usable(valueOf(said, 'initial_access_token'))).toBeUndefined();
    expect(line.events.at(-1)).toEqual({ type: 'initial-token.removed', initialTokenId: id });
    await expect(line.run('initial-tokens', 'remove', id)).rejects.toThrow(
      /There is no initial access token/,
    );
  });

  it.each([
    ['no uses', ['--uses', '0']],
    ['half a use', ['--uses', '1.5']],
    ['too many uses', ['--uses', '100001']],
    ['a negative number of days', ['--days=-1']],
    ['more than a year', ['--days', '366']],
    ['days in words', ['--days', 'seven']],
  ])('add refuses %s', async (_what, words) => {
    await expect(line.run('initial-tokens', 'add', ...words)).rejects.toThrow(/whole number from 1 to/);
    expect(await line.run('initial-tokens', 'list')).toHaveLength(1);
  });
});
