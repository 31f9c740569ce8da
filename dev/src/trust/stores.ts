import { homedir } from 'node:os';
import { findProgram } from '../system/find-program.ts';
import { findNssDatabases, nssStore } from './nss-stores.ts';
import type { Root } from './root.ts';
import type { TrustStore } from './store.ts';
import { systemStores } from './system-stores.ts';

export interface Stores {
  readonly stores: readonly TrustStore[];
  /** Browsers whose database can't be read or changed because NSS's certutil is missing. */
  readonly outOfReach: readonly string[];
}

/** Every store of this machine and person. */
export function findStores(env: NodeJS.ProcessEnv = process.env, platform = process.platform): Stores {
  const databases = findNssDatabases(platform, env);
  const certutil = findProgram('certutil', env);
  const system = systemStores(platform, env['HOME'] ?? homedir());
  if (certutil === undefined) return { stores: system, outOfReach: databases.map(({ name }) => name) };
  return {
    stores: [...system, ...databases.map((database) => nssStore(database, certutil))],
    outOfReach: [],
  };
}

export interface TrustState {
  readonly store: TrustStore;
  readonly trusted: boolean;
}

/** Which stores know the root. */
export function readTrust(
  stores: readonly TrustStore[],
  root: Root | undefined,
): Promise<readonly TrustState[]> {
  return Promise.all(
    stores.map(async (store) => ({ store, trusted: root !== undefined && (await store.isTrusted(root)) })),
  );
}
