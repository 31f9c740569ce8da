import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installsByItself, isInstalled, root, workspacesIn } from '../installation.mjs';

const clone = mkdtempSync(join(tmpdir(), 'installation-'));
afterAll(() => rmSync(clone, { recursive: true, force: true }));
beforeAll(() => {
  // What a clone has before its installation, as far as the door of the commands reads it.
  for (const file of ['command.mjs', 'installation.mjs', 'node-version.mjs', 'require-pnpm.mjs'])
    cpSync(join(root, 'dev', file), join(clone, 'dev', file));
  for (const workspace of workspacesIn(root)) {
    const target = join(clone, workspace.slice(root.length));
    mkdirSync(target, { recursive: true });
    cpSync(join(workspace, 'package.json'), join(target, 'package.json'));
  }
});

interface Run {
  readonly status: number | null;
  readonly stderr: string;
}

const start = (file: string, args: readonly string[], userAgent: string): Run => {
  const env = { ...process.env, npm_config_user_agent: userAgent };
  return spawnSync(process.execPath, [join(clone, 'dev', file), ...args], { env, encoding: 'utf8' });
};

const unfinished = '✗ The installation above did not finish: mend what it says, then run the command again\n';

describe('without a finished installation', () => {
  it.each(['main', 'checkup', 'trust', 'untrust', 'install-tools', 'idp'])(
    '%s says: The installation above did not finish: mend what it says, then run the command again',
    (name) => {
      const { status, stderr } = start('command.mjs', [name], 'pnpm/12.21.0 npm/? node/? linux x64');
      expect([status, stderr]).toEqual([1, unfinished]);
    },
  );

  it.each(['npm/10.8.2 node/v24.21.0 linux x64', 'yarn/1.22.22 npm/? node/?', 'pnpm/9.15.0 npm/?', ''])(
    'a start by %j, which installs nothing, names the command that does',
    (userAgent) => {
      const { status, stderr } = start('command.mjs', ['main'], userAgent);
      expect(status).toBe(1);
      expect(stderr).toContain(unfinished);
      expect(stderr).toContain('type npx -y pnpm@12 dev');
    },
  );

  it('one link that leads nowhere is enough', () => {
    expect(isInstalled()).toBe(true);
    expect(isInstalled(clone)).toBe(false);
    const half = mkdtempSync(join(clone, 'half-'));
    for (const folder of ['apps', 'packages', 'node_modules']) mkdirSync(join(half, folder));
    writeFileSync(join(half, 'package.json'), '{"devDependencies":{"turbo":"1"}}');
    symlinkSync(join(half, 'gone'), join(half, 'node_modules', 'turbo'));
    expect(isInstalled(half)).toBe(false);
    mkdirSync(join(half, 'gone'));
    writeFileSync(join(half, 'gone', 'package.json'), '{}');
    expect(isInstalled(half)).toBe(true);
  });

  it('looks into every folder that pnpm-workspace.yaml names', () => {
    const text = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
    const named = [...(text.split('\n\n')[0]?.matchAll(/^ {2}- ([\w-]+)/gm) ?? [])].map(
      ([, folder]) => folder,
    );
    const looked = workspacesIn(root).map((workspace) => workspace.slice(root.length).split('/')[0]);
    expect(new Set(looked)).toEqual(new Set(['', ...named]));
  });
});

describe('an installation', () => {
  it.each([
    ['pnpm/12.21.0 npm/? node/?', true],
    ['pnpm/10.0.0 npm/? node/?', true],
    ['pnpm/9.15.0 npm/? node/?', false],
    ['npm/11.19.1 node/v20', false],
    [undefined, false],
  ])('runs by itself before a script of %j: %s', (userAgent, expected) => {
    expect(installsByItself(userAgent)).toBe(expected);
  });

  it.each([
    ['yarn/1.22.10 npm/? node/?', [1, "✗ yarn can't install this project: type npx -y pnpm@12 install\n"]],
    ['npm/10.8.2 node/?', [1, "✗ npm can't install this project: type npx -y pnpm@12 install\n"]],
    ['pnpm/12.21.0 npm/? node/?', [0, '']],
  ])('by %s is refused unless it is pnpm', (userAgent, expected) => {
    const { status, stderr } = start('require-pnpm.mjs', [], userAgent);
    expect([status, stderr]).toEqual(expected);
  });

  it('by npm install, which runs no script before it fails, quotes a catalog that names the command', () => {
    const npm = spawnSync('npm', ['install', '--registry=http://127.0.0.1:9/', '--fetch-retries=0'], {
      cwd: clone,
      encoding: 'utf8',
    });
    expect(npm.status).not.toBe(0);
    expect(npm.stderr).toContain('catalog:use-npx-y-pnpm@12-install');
  });
});
