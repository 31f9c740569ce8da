import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, createCommandLine } from '../../../test/command-line.ts';

describe('pnpm idp keys', () => {
  let folder: string;
  let line: CommandLine;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'idp-cli-'));
    line = createCommandLine(`file:${join(folder, 'idp.sqlite')}`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const roles = async () =>
    (await line.run('keys', 'list')).flatMap((row) => /^ES256 +\S+ +(\w+)/.exec(row)?.[1] ?? []).toSorted();

  it('list says so when there are none yet', async () => {
    expect(await line.run('keys', 'list')).toEqual([
      'There are no keys yet: the provider makes them when it first starts.',
    ]);
  });

  it('G12 rotate lets the next key sign, and a second time only once everybody can know it', async () => {
    const [first = ''] = await line.run('keys', 'rotate', '--alg', 'ES256');
    expect(first).toMatch(/^ES256: [\w-]{43} signs now$/);
    expect(await roles()).toEqual(['current', 'next', 'retired']);
    const [second = ''] = await line.run('keys', 'rotate', '--alg', 'ES256');
    expect(second).toMatch(/^ES256: [\w-]{43} will sign from 2027-01-15T08:05:30Z$/);
    expect(await line.run('keys', 'rotate', '--alg', 'ES256')).toEqual([second]);
    expect(await roles()).toEqual(['current', 'next', 'retired', 'upcoming']);
    line.now += 330;
    expect(await roles()).toEqual(['current', 'next', 'retired', 'retired']);
  });

  it('rotates all algorithms, tells the audit, and shows no private half', async () => {
    const said = await line.run('keys', 'rotate');
    expect(said.map((row) => row.split(':', 1)[0])).toEqual(['ES256', 'RS256', 'EdDSA']);
    expect(line.events.map(({ type }) => type)).toEqual(['key.rotated', 'key.rotated', 'key.rotated']);
    expect((await line.run('keys', 'list')).join()).not.toMatch(/"d"|kty/);
  });
});
