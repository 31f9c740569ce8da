import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProgramSettings, StackOptions } from '@sso/dev';

const auth = fileURLToPath(new URL('../../packages/auth', import.meta.url));

/** A site that somebody began today. */
export interface NewApp {
  /** Starts its build in place of one of the stack's sites. */
  readonly start: NonNullable<NonNullable<StackOptions['programs']>['shop']>;
  readonly remove: () => void;
}

/**
 * Makes the app of `create-next-app@latest`, installs the packed package into it, writes the blocks of the package's
 * README over it and builds it, without any environment of its own.
 *
 * @param files more files, by path.
 */
export function buildNewApp(files: Readonly<Record<string, string>>): NewApp {
  const folder = mkdtempSync(join(tmpdir(), 'new-app-'));
  const app = join(folder, 'app');
  run(folder, 'npx', '-y', 'create-next-app@latest', 'app', '--yes', '--use-npm', '--disable-git');
  run(auth, 'npx', '-y', 'pnpm@12', 'pack', '--pack-destination', folder);
  run(app, 'npm', 'install', '--no-audit', '--no-fund', tarballIn(folder));
  for (const [path, content] of [...readmeBlocks(), ...Object.entries(files)])
    write(join(app, path), content);
  run(app, 'npm', 'run', 'build');
  return {
    start: ({ env, port }: ProgramSettings) => ({
      command: process.execPath,
      args: [join(app, 'node_modules/next/dist/bin/next'), 'start', '-H', '127.0.0.1', '-p', String(port)],
      cwd: app,
      env,
    }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The code blocks of the README that begin with the name of their file. */
function readmeBlocks(): readonly (readonly [path: string, content: string])[] {
  const text = readFileSync(join(auth, 'README.md'), 'utf8');
  const blocks = text.matchAll(/^```tsx?\n\/\/ (\S+\.tsx?)\n(.*?)^```$/gms);
  return [...blocks].map(([, path = '', content = '']) => [path, content] as const);
}

function tarballIn(folder: string): string {
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`no tarball in ${folder}`);
  return join(folder, name);
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Without the environment of the tests' own package manager, which would configure the app's. */
function run(cwd: string, command: string, ...args: readonly string[]): void {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm|pnpm)_/i.test(name));
  const env = { ...Object.fromEntries(inherited), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${stdout}${stderr}`);
}
