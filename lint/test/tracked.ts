import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** All files of the repository, as paths from its root. */
export const trackedFiles: readonly string[] = execFileSync('git', ['ls-files'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n');

const folders = new Set(
  trackedFiles.flatMap((file) => {
    const parts = file.split('/').slice(0, -1);
    return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
  }),
);

export function readTracked(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The files that a document may mean by this name: the last parts of their paths, as many as it takes to be one. */
export function filesNamed(name: string): readonly string[] {
  return trackedFiles.filter((file) => file === name || file.endsWith(`/${name}`));
}

export function isFolder(path: string): boolean {
  return folders.has(path.replace(/\/$/, ''));
}

/** The folders directly below a folder. */
export function foldersIn(path: string): readonly string[] {
  return [...folders].filter((folder) => folder.slice(0, folder.lastIndexOf('/')) === path);
}
