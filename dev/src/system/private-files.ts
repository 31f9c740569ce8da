import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../terminal/failure.ts';

/** Makes a folder that only this person can enter. @throws Failure with what stands in the way */
export function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700); // mkdir leaves a folder that was there as it is
  } catch (error) {
    throw fileFailure(`${path} can't be used`, error, 'make it a folder of yours, or delete it');
  }
}

/** Writes a file that only this person can read, whole or not at all. @throws Failure */
export function writePrivateFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    throw fileFailure(`${path} can't be written`, error, `make ${dirname(path)} writable for you`);
  }
}

export function writePrivateJson(path: string, value: unknown): void {
  writePrivateFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** What is to do when the fault is the disk's and neither the file's nor its rights'. */
const fixes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full, so free some space and start again',
  EDQUOT: 'your share of the disk is used up, so free some space and start again',
  EROFS: 'it is on a disk that can only be read, so work in a copy somewhere else',
};

/** A failure of the file system, with the reason in brackets. `fix` serves where the reason asks for none of its own. */
export function fileFailure(message: string, error: unknown, fix: string): Failure {
  const reason = reasonOf(error);
  return new Failure(`${message} (${reason})`, fixes[reason] ?? fix, { cause: error });
}

/** 'ENOTDIR' rather than a sentence with the path in it twice. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return String(error);
}
