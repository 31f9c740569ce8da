import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StackOptions } from '@sso/dev';

const root = fileURLToPath(new URL('../..', import.meta.url));

type SiteName = 'shop' | 'blog';
type StartSite = NonNullable<NonNullable<StackOptions['programs']>[SiteName]>;

/** A copy of a site, without some of its files and with others added. */
export interface AppCopy {
  /** Starts the copy's own build in place of the site. */
  readonly start: StartSite;
  readonly remove: () => void;
}

export interface CopyOptions {
  /** Paths below the app's folder that the copy lacks. */
  readonly without: readonly string[];
  /** Files it has instead or besides, by path; a function gets what was there. */
  readonly files?: Readonly<Record<string, string | ((before: string) => string)>>;
}

/** Copies a site to a folder as deep below the root as its own, so that its links hold, and builds it there. */
export function buildCopy(site: SiteName, { without, files = {} }: CopyOptions): AppCopy {
  const from = join(root, 'apps', site);
  const to = join(root, '.local', `${site}-copy-${process.pid}`);
  const left = ['.next', ...without].map((path) => join(from, path));
  const isTaken = (path: string) => !left.some((one) => path === one || path.startsWith(one + sep));
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter: isTaken });
  for (const [path, content] of Object.entries(files)) write(join(to, path), content);
  const next = createRequire(join(to, 'package.json')).resolve('next/dist/bin/next');
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' as const };
  const build = spawnSync(process.execPath, [next, 'build'], { cwd: to, env, encoding: 'utf8' });
  if (build.status !== 0)
    throw new Error(`the copy of ${site} does not build: ${build.stdout}${build.stderr}`);
  return {
    start: ({ env: given, port }) => ({
      command: process.execPath,
      args: [next, 'start', '-H', '127.0.0.1', '-p', String(port)],
      cwd: to,
      env: given,
    }),
    remove: () => rmSync(to, { recursive: true, force: true }),
  };
}

function write(path: string, content: string | ((before: string) => string)): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : content(readFileSync(path, 'utf8')));
}
