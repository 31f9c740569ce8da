import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personOf } from '../../test/store-samples.ts';
import { readEnv } from '../env.ts';
import { openStore } from '../store/index.ts';
import { commands } from './commands.ts';
import { parseCommand } from './parse.ts';

describe('pnpm idp', () => {
  let folder: string;
  let databaseUrl: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-cli-'));
    databaseUrl = `file:${join(folder, 'idp.sqlite')}`;
    const store = await openStore(databaseUrl);
    await store.addPerson({ ...personOf(), sub: 'sub-ada', username: 'ada', roles: ['reader'] }, 1);
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function run(...words: string[]): Promise<string[]> {
    const parsed = parseCommand(commands, words);
    if (parsed.kind === 'help') return [parsed.text];
    const said: string[] = [];
    const { lifetimes } = readEnv({ ISSUER: 'http://localhost' });
    await parsed.command.run(
      { databaseUrl, lifetimes, clock: () => 1, print: (line) => void said.push(line) },
      parsed.arguments,
    );
    return said;
  }

  it('lists people', async () => {
    expect(await run('users', 'list')).toEqual(['ada  reader  sub-ada']);
  });

  it('gives and takes roles, and shows them', async () => {
    expect(
      await run('users', 'roles', 'Ada', '--add', 'editor', '--add', 'member', '--remove', 'reader'),
    ).toEqual(['ada: editor, member']);
    expect(await run('users', 'roles', 'ada')).toEqual(['ada: editor, member']);
    expect(await run('users', 'roles', 'ada', '--remove', 'editor', '--remove', 'member')).toEqual([
      'ada: no roles',
    ]);
  });

  it('rotates keys', async () => {
    const [said = ''] = await run('keys', 'rotate', '--alg', 'ES256');
    expect(said).toMatch(/^ES256: [\w-]{43} signs now$/);
  });

  it.each(commands.map(({ name }) => name))('explains %s with an example', async (name) => {
    const [help = ''] = await run(...name.split(' '), '--help');
    expect(help).toContain(`Usage: pnpm idp ${name}`);
    expect(help).toContain('Examples:');
  });

  it('explains itself', async () => {
    const [help = ''] = await run('--help');
    for (const { name } of commands) expect(help).toContain(name);
  });

  it.each([
    ['an unknown command', ['users', 'fly'], /no command "users fly"/],
    ['no person', ['users', 'roles'], /Usage: pnpm idp users roles/],
    ['two people', ['users', 'roles', 'ada', 'ben'], /Usage:/],
    ['an unknown person', ['users', 'roles', 'nobody', '--add', 'x'], /Nobody has the username "nobody"/],
    ['an unknown option', ['users', 'list', '--all'], /--all[^]*Usage: pnpm idp users list/],
    ['a role both added and removed', ['users', 'roles', 'ada', '--add', 'x', '--remove', 'x'], /at once/],
    ['an unknown algorithm', ['keys', 'rotate', '--alg', 'HS256'], /There are no HS256 keys/],
  ])('refuses %s and says how it goes', async (_what, words, message) => {
    await expect(async () => run(...words)).rejects.toThrow(message);
  });
});
