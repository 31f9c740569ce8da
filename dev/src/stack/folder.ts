import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AppName } from '@sso/domains';
import { caStorage, rootCertificateIn } from '../caddy/storage.ts';
import { isRunning } from '../process/is-running.ts';
import { makePrivateFolder, writePrivateFile } from '../system/private-files.ts';
import type { ServiceName } from './events.ts';
import type { Mode } from './options.ts';

/** Where a stack keeps what. Every folder is 0700, every file that holds a secret 0600. */
export interface StackFiles {
  readonly clients: string;
  readonly users: string;
  readonly access: string;
  readonly secrets: string;
  /** What seals the provider's signing keys; its database is worth less without it. */
  readonly keyEncryptionKeys: string;
  /** Caddy's JSON lines, without secrets (see the Caddyfile). */
  readonly accessLog: string;
  /** Everything each process printed. */
  readonly logs: Readonly<Record<ServiceName, string>>;
  readonly databases: Readonly<Record<AppName, string>>;
}

export interface StackFolder {
  readonly directory: string;
  readonly files: StackFiles;
  readonly caddyStorage: string;
  readonly rootCertificate: string;
}

interface FolderOptions {
  readonly root: string;
  readonly name: string;
  readonly mode: Mode;
  readonly env: NodeJS.ProcessEnv;
}

/** Where development keeps its data, between runs too. */
export function developmentFolder(root: string, name = 'dev'): string {
  return join(root, '.local', name);
}

/**
 * Makes the folders of a stack.
 * @throws Failure when `.local` is not ours to write
 */
export function openFolder({ root, name, mode, env }: FolderOptions): StackFolder {
  const base = join(root, '.local', name);
  makePrivateFolder(join(root, '.local'));
  makePrivateFolder(base);
  const directory = mode === 'production' ? newRunFolder(base) : base;
  for (const part of ['logs', 'data', 'caddy']) makePrivateFolder(join(directory, part));
  const files = filesIn(directory);
  // What an earlier run printed is over; Caddy rolls its own log.
  for (const log of Object.values(files.logs)) writePrivateFile(log, '');
  const caddyStorage = mode === 'production' ? join(directory, 'caddy') : caStorage(env);
  return {
    directory,
    files,
    caddyStorage,
    rootCertificate: rootCertificateIn(caddyStorage),
  };
}

function filesIn(directory: string): StackFiles {
  const inData = (file: string): string => join(directory, 'data', file);
  const inLogs = (file: string): string => join(directory, 'logs', file);
  return {
    clients: join(directory, 'clients.json'),
    users: join(directory, 'users.json'),
    access: join(directory, 'access.json'),
    secrets: join(directory, 'secrets.json'),
    keyEncryptionKeys: join(directory, 'key-encryption-keys'),
    accessLog: inLogs('access.log'),
    logs: {
      caddy: inLogs('caddy.log'),
      idp: inLogs('idp.log'),
      shop: inLogs('shop.log'),
      blog: inLogs('blog.log'),
      explorer: inLogs('explorer.log'),
    },
    databases: { idp: inData('idp.sqlite'), shop: inData('shop.sqlite'), blog: inData('blog.sqlite') },
  };
}

/** A run's folder carries the pid of its owner, so that a later run can tell which are left over. */
function newRunFolder(base: string): string {
  for (const entry of readdirSync(base)) {
    const [, pid] = /^run-(\d+)-/.exec(entry) ?? [];
    if (pid !== undefined && !isRunning(Number(pid)))
      rmSync(join(base, entry), { recursive: true, force: true });
  }
  return mkdtempSync(join(base, `run-${process.pid}-`));
}

/** Whether the production build of an app is there. */
export function hasBuild(root: string, app: AppName): boolean {
  const built = app === 'idp' ? ['dist', 'bin', 'main.mjs'] : ['.next', 'BUILD_ID'];
  return existsSync(join(root, 'apps', app, ...built));
}
