import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** What SQLite keeps beside a database. */
const ENDS = ['', '-wal', '-shm', '-journal'];
const OTHERS = 0o077;

/**
 * Creates a database file that nobody else on the machine may read: it holds password hashes and, sealed, the signing
 * keys. Where it is there and others can read it, see {@link makePrivate}; new files beside it inherit the mode.
 */
export function openPrivateDatabase(path: string, warn: (message: string) => void): void {
  closeSync(openSync(path, 'a', 0o600));
  for (const end of ENDS) makePrivate(path + end, warn);
}

/**
 * Gives a file that others can read mode 0600. One that is not there is fine.
 *
 * @throws NotPrivateError where this user may not change the mode.
 */
export function makePrivate(path: string, warn: (message: string) => void): void {
  // Windows knows no such modes: a file there has the rights of its folder.
  if (process.platform === 'win32') return;
  const mode = (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o777;
  if ((mode & OTHERS) === 0) return;
  try {
    chmodSync(path, 0o600);
  } catch (cause) {
    throw new NotPrivateError(`others can read ${path}`, { cause });
  }
  const before = mode.toString(8).padStart(4, '0');
  warn(`${path} had mode ${before} and has 0600 now: whoever else could read it may know what it holds`);
}

/** Others can read a file that holds secrets. */
export class NotPrivateError extends Error {
  override readonly name = 'NotPrivateError';
  readonly code = 'NOT_PRIVATE';
}
