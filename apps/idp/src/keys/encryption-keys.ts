import { readFileSync, statSync } from 'node:fs';
import { type EncryptionKeys, newEncryptionKey, parseEncryptionKeys } from '../foundation/encryption-keys.ts';
import { messageOf } from '../foundation/error-message.ts';
import { makePrivate, MEMORY, sqlitePathOf } from '../store/index.ts';
import { createKeyFile } from './key-file.ts';

export interface EncryptionKeySettings {
  readonly databaseUrl: string;
  /** Of `KEY_ENCRYPTION_KEYS`; undefined when that is not set. */
  readonly keyEncryptionKeys: EncryptionKeys | undefined;
  readonly keyEncryptionKeysFile: string | undefined;
}

/** Where the keys that seal the signing keys come from. */
export type EncryptionKeySource =
  | { readonly kind: 'environment'; readonly keys: EncryptionKeys }
  | { readonly kind: 'file'; readonly path: string }
  /** Made when it is missing. */
  | { readonly kind: 'beside-database'; readonly path: string }
  /** The database ends with the process, and so does its key. */
  | { readonly kind: 'memory' };

/** @throws Error when there is none, or more than one. */
export function chooseEncryptionKeys(settings: EncryptionKeySettings): EncryptionKeySource {
  const { databaseUrl, keyEncryptionKeys: keys, keyEncryptionKeysFile: file } = settings;
  if (keys && file !== undefined)
    throw new Error('KEY_ENCRYPTION_KEYS and KEY_ENCRYPTION_KEYS_FILE are both set: leave one out');
  if (keys) return { kind: 'environment', keys };
  if (file !== undefined) return { kind: 'file', path: file };
  const databasePath = sqlitePathOf(databaseUrl);
  if (databasePath === undefined) throw new Error(NEEDED);
  return databasePath === MEMORY
    ? { kind: 'memory' }
    : { kind: 'beside-database', path: `${databasePath}.keys` };
}

const NEEDED =
  'With PostgreSQL the provider needs KEY_ENCRYPTION_KEYS, or KEY_ENCRYPTION_KEYS_FILE: 32 random bytes in base64url that seal the signing keys. Keep them apart from the database and its backups';

interface ReadOptions {
  /** Whether a key may be made: not where one that is missing has sealed something. */
  readonly mayCreate: boolean;
  readonly warn: (message: string) => void;
}

/** @throws Error that names the file and what to do, and repeats no key. */
export function readEncryptionKeys(source: EncryptionKeySource, options: ReadOptions): EncryptionKeys {
  switch (source.kind) {
    case 'environment':
      return source.keys;
    case 'memory':
      return parseEncryptionKeys(newEncryptionKey());
    case 'file':
      warnOfReaders(source.path, options.warn);
      return readKeys(`KEY_ENCRYPTION_KEYS_FILE: ${source.path}`, source.path);
    case 'beside-database':
      return readOwnFile(source.path, options);
    default:
      return source satisfies never;
  }
}

/** Containers mount secrets with modes of their own, so this is no reason to refuse. */
function warnOfReaders(path: string, warn: ReadOptions['warn']): void {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & 0o007) !== 0) warn(`KEY_ENCRYPTION_KEYS_FILE: every user of this machine can read ${path}`);
}

function readOwnFile(path: string, { mayCreate, warn }: ReadOptions): EncryptionKeys {
  if (mayCreate) createKeyFile(path);
  else if (!statSync(path, { throwIfNoEntry: false }))
    throw new Error(
      `The signing keys in the database are sealed, and ${path}, which opens them, is not there. Restore it from its backup; if it is lost, revoke the signing keys: pnpm idp keys revoke --all`,
    );
  takeFromOthers(path, warn);
  warn(
    `${path} opens the signing keys and lies beside their database: whoever copies both can sign. Set KEY_ENCRYPTION_KEYS or KEY_ENCRYPTION_KEYS_FILE to keep them apart`,
  );
  return readKeys(path, path);
}

function takeFromOthers(path: string, warn: ReadOptions['warn']): void {
  try {
    makePrivate(path, warn);
  } catch (error) {
    const message = `${messageOf(error)}: make this user its owner, or give it mode 0600`;
    throw new Error(message, { cause: error });
  }
}

function readKeys(what: string, path: string): EncryptionKeys {
  const text = readText(what, path);
  try {
    return parseEncryptionKeys(text);
  } catch (error) {
    throw new Error(`${what} ${messageOf(error)}, and this one is not`, { cause: error });
  }
}

function readText(what: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`${what} can't be read`, { cause });
  }
}
