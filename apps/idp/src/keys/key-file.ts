import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { newEncryptionKey } from '../foundation/encryption-keys.ts';
import { randomId } from '../foundation/secrets.ts';

/**
 * Makes a file with a new key unless it is there. Of processes that start together one succeeds, and no other finds half a
 * file. It is on the disk before anything is sealed: a loss of power that takes it would take the signing keys along.
 */
export function createKeyFile(path: string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${randomId()}`;
  try {
    writeDurably(draft, `${newEncryptionKey()}\n`);
    linkSync(draft, path);
  } catch (error) {
    if (!existsSync(path)) throw new Error(`The key file ${path} can't be made`, { cause: error });
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dirname(path));
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The name of a new file is the folder's content. Windows keeps it by itself, and opens no folder. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
