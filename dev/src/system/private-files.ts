import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../terminal/failure.ts';

/** Makes a folder that only this person can enter. @throws Failure with what stands in the way */
export function makePrivateFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    chmodSync(path, 0o700); // mkdir leaves a folder that was there as it is
  } catch (error) {
    throw new Failure(
      `${path} can't be used (${reasonOf(error)})`,
      `make it a folder of yours, or delete it`,
      {
        cause: error,
      },
    );
  }
}

/** Writes a file that only this person can read, whole or not at all. @throws Failure */
export function writePrivateFile(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
  } catch (error) {
    throw new Failure(
      `${path} can't be written (${reasonOf(error)})`,
      `make ${dirname(path)} writable for you`,
      {
        cause: error,
      },
    );
  }
}

export function writePrivateJson(path: string, value: unknown): void {
  writePrivateFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** 'ENOTDIR' rather than a sentence with the path in it twice. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return String(error);
}
