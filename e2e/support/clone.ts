import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a clone does not have, or makes for itself. */
const own = new Set(['.git', '.local', '.next', '.turbo', 'dist', 'node_modules', 'test-results']);

/** A copy of this repository's files in a folder of its own, installed as after `git clone`. */
export interface Clone extends Disposable {
  readonly folder: string;
}

export function makeClone(): Clone {
  const folder = mkdtempSync(join(tmpdir(), 'clone-'));
  const isCopied = (path: string): boolean => relative(root, path) === '' || !own.has(basename(path));
  cpSync(root, folder, { recursive: true, filter: isCopied });
  installIn(folder);
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Installs what the lockfile of a folder names, whichever Node runs this. */
export function installIn(folder: string, ...options: readonly string[]): void {
  const args = ['-y', 'pnpm@12', 'install', '--frozen-lockfile', '--prefer-offline', ...options];
  const { status, stdout, stderr } = spawnSync('npx', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${folder} could not be installed:\n${stdout}${stderr}`);
}
