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
    expect(second).toMatch(/^ES256: [\w-]{43} will sign from 2027-01-15T08:05:05Z$/);
    expect(await line.run('keys', 'rotate', '--alg', 'ES256')).toEqual([second]);
    expect(await roles()).toEqual(['current', 'next', 'retired', 'upcoming']);
    line.now += 305;
    expect(await roles()).toEqual(['current', 'next', 'retired', 'retired']);
  });

  it('rotates all algorithms, tells the audit, and shows no private half', async () => {
    const said = await line.run('keys', 'rotate');
    expect(said.map((row) => row.split(':', 1)[0])).toEqual(['ES256', 'RS256', 'EdDSA']);
    expect(line.events.map(({ type }) => type)).toEqual(['key.rotated', 'key.rotated', 'key.rotated']);
    expect((await line.run('keys', 'list')).join()).not.toMatch(/"d"|kty|eyJ/);
  });

  const kidOf = async (role: string, alg = 'ES256') =>
    (await line.run('keys', 'list')).flatMap(
      (row) => new RegExp(`^${alg} +(\\S+) +${role}`).exec(row)?.[1] ?? [],
    )[0] ?? '';

  it('T-39 revoke puts the next key in the place of a stolen one at once, and tells the audit', async () => {
    await line.run('keys', 'rotate', '--alg', 'ES256');
    const [stolen, next] = [await kidOf('current'), await kidOf('next')];
    line.events.length = 0;
    expect(await line.run('keys', 'revoke', stolen)).toEqual([`ES256: ${stolen} is revoked`]);
    expect(line.events).toEqual([{ type: 'key.revoked', alg: 'ES256', kid: stolen }]);
    expect(await kidOf('current')).toBe(next);
    expect(await roles()).toEqual(['current', 'next', 'retired', 'revoked']);
    const again = await line.run('keys', 'revoke', stolen);
    expect(again).toEqual([`${stolen} was revoked at 2027-01-15T08:00:00Z already`]);
    expect(line.events).toHaveLength(1);
  });

  it.each([
    ['next', ['current', 'next', 'retired', 'revoked']],
    ['retired', ['current', 'next', 'revoked']],
  ])('T-39 revoke of the %s key leaves a current and a next one', async (role, left) => {
    await line.run('keys', 'rotate', '--alg', 'ES256');
    const kid = await kidOf(role);
    expect(await line.run('keys', 'revoke', kid)).toEqual([`ES256: ${kid} is revoked`]);
    expect(await roles()).toEqual(left);
    expect(await kidOf('revoked')).toBe(kid);
  });

  it('T-39 revoke of the key that signs until a rotation takes effect makes it take effect at once', async () => {
    await line.run('keys', 'rotate', '--alg', 'ES256');
    await line.run('keys', 'rotate', '--alg', 'ES256');
    const [signing, upcoming] = [await kidOf('current'), await kidOf('upcoming')];
    await line.run('keys', 'revoke', signing);
    expect(await kidOf('current')).toBe(upcoming);
  });

  it('T-39 revoke --all begins anew, also where the key that opened the keys is lost', async () => {
    await line.run('keys', 'rotate', '--alg', 'ES256');
    const before = await line.run('keys', 'list');
    line.encryptionKeys = [Buffer.alloc(32, 9)];
    await expect(line.run('keys', 'rotate')).rejects.toThrow(
      /revoke the signing keys: pnpm idp keys revoke --all/,
    );
    const said = await line.run('keys', 'revoke', '--all');
    expect(said).toHaveLength(before.length);
    expect(await roles()).toEqual(['current', 'next', 'revoked', 'revoked', 'revoked']);
    expect((await line.run('keys', 'rotate')).every((one) => one.endsWith('signs now'))).toBe(true);
  });

  it.each([
    [
      'a kid that is none',
      ['keys', 'revoke', 'nobody'],
      /There is no key "nobody"\. See: pnpm idp keys list/,
    ],
    [
      'one that begins with a hyphen',
      ['keys', 'revoke', `-${'a'.repeat(42)}`],
      /There is no key "-a{42}"\. See: pnpm idp keys list/,
    ],
    ['neither a kid nor --all', ['keys', 'revoke'], /^Usage: pnpm idp keys revoke <kid> \| --all$/],
    ['a kid and --all', ['keys', 'revoke', 'x', '--all'], /^Usage: pnpm idp keys revoke <kid> \| --all$/],
    ['two kids', ['keys', 'revoke', 'x', 'y'], /^Usage: pnpm idp keys revoke <kid> \| --all$/],
  ])('revoke refuses %s', async (_what, words, message) => {
    await expect(line.run(...words)).rejects.toThrow(message);
  });
});
