import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../../../test/command-line.ts';
import { access } from '../../../test/registrations.ts';
import { parseAccess } from '../../access/access-file.ts';

let folder: string;
let line: CommandLine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'idp-roles-'));
  line = createCommandLine(`file:${join(folder, 'idp.sqlite')}`);
  line.contract = parseAccess({ ...access, roles: { reader: ['shop:products.read'], nothing: [] } });
  line.passphrase = 'nobody guesses this one soon';
  for (const [name, role] of [
    ['ada', 'reader'],
    ['ben', 'reader'],
    ['cyd', 'former'],
  ] as const)
    await line.run('users', 'add', name, '--role', role);
  line.events.length = 0;
});
afterAll(() => rm(folder, { recursive: true }));

describe('idp roles', () => {
  it('shows what each role brings and how many have it, also those that the file knows no more', async () => {
    expect(await line.run('roles')).toEqual([
      'reader: shop:products.read (people: 2)',
      'nothing:  (people: 0)',
      'former: not in ACCESS_FILE (people: 1)',
    ]);
  });

  it('N-10 <role> --now tells of all who have it', async () => {
    expect((await line.run('roles', 'reader', '--now')).at(-1)).toMatch(/^told of 2 people/);
    expect(line.events).toEqual([{ type: 'role.changed', role: 'reader', people: 2 }]);
  });

  it('N-10 <role> --now tells of a role that was taken out of the file', async () => {
    expect((await line.run('roles', 'former', '--now')).at(-1)).toMatch(/^told of 1 people/);
  });

  it.each([
    ['a role that nobody knows', ['roles', 'raeder', '--now'], /There is no role "raeder"/],
    ['--now without a role', ['roles', '--now'], /--now goes with a role/],
  ])('refuses %s', async (_what, words, message) => {
    await expect(line.run(...words)).rejects.toThrow(message);
  });
});
