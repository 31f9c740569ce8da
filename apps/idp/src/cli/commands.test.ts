import { describe, expect, it } from 'vitest';
import { createCommandLine } from '../../test/command-line.ts';
import { commands } from './commands.ts';
import { onlyLine } from './terminal.ts';

const line = createCommandLine('file::memory:');

describe('pnpm idp', () => {
  it.each(commands.map(({ name }) => name))('explains %s with its options and an example', async (name) => {
    const [help = ''] = await line.run(...name.split(' '), '--help');
    expect(help).toContain(`Usage: pnpm idp ${name}`);
    expect(help).toContain(`Examples:\n  pnpm idp ${name}`);
    const command = commands.find((one) => one.name === name);
    for (const option of Object.keys(command?.options ?? {})) expect(help).toContain(`--${option}`);
  });

  it('explains itself', async () => {
    for (const words of [[], ['--help'], ['-h']]) {
      const [help = ''] = await line.run(...words);
      for (const { name, summary } of commands) expect(help).toMatch(new RegExp(`${name} +${summary}`));
    }
  });

  it('explains one noun', async () => {
    const [help = ''] = await line.run('clients', '--help');
    expect(help).toContain('clients rotate-secret');
    expect(help).not.toContain('users list');
  });

  it.each([
    ['an unknown noun', ['fly'], /no command "fly"\. See: pnpm idp --help/],
    ['an unknown verb', ['users', 'fly'], /no command "users fly"\. There are: users list, users show/],
    ['no person', ['users', 'roles'], /^Usage: pnpm idp users roles/],
    ['two people', ['users', 'roles', 'ada', 'ben'], /Usage:/],
    ['an unknown option', ['users', 'list', '--all'], /--all[^]*Usage: pnpm idp users list/],
    ['an option without its value', ['users', 'roles', 'ada', '--add'], /--add[^]*Usage:/],
    ['a passphrase as argument', ['users', 'add', 'ada', '--passphrase', 'x'], /--passphrase[^]*Usage:/],
    ['a role both added and removed', ['users', 'roles', 'ada', '--add', 'x', '--remove', 'x'], /at once/],
    ['an unknown algorithm', ['keys', 'rotate', '--alg', 'HS256'], /There are no HS256 keys/],
    ['a client_id with a blank', ['clients', 'add', 'a b'], /no blanks[^]*Usage:/],
  ])('refuses %s and says how it goes', async (_what, words, message) => {
    await expect(line.run(...words)).rejects.toThrow(message);
    await expect(line.run(...words)).rejects.toHaveProperty('name', 'UsageError');
  });
});

describe('a passphrase from the standard input', () => {
  it.each([
    ['one two three\n', 'one two three'],
    [' kept \r\n', ' kept '],
    ['no end of line', 'no end of line'],
  ])('%j is %j', (content, expected) => {
    expect(onlyLine(content)).toBe(expected);
  });

  it.each([
    ['nothing', '', /no passphrase/],
    ['an empty line', '\n', /no passphrase/],
    ['two lines', 'canary\ncanary\n', /more than one line/],
  ])('is refused when it is %s', (_what, content, message) => {
    expect(() => onlyLine(content)).toThrow(message);
    expect(() => onlyLine(content)).toThrow(expect.not.stringContaining('canary'));
  });
});
