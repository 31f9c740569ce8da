import { homedir } from 'node:os';
import { findProgram } from '../system/find-program.ts';
import { findNssDatabases, nssStore } from './nss-stores.ts';
import type { Root } from './root.ts';
import type { TrustStore } from './store.ts';
import { systemStores } from './system-stores.ts';

export interface FoundStores {
  readonly stores: readonly TrustStore[];
  /** Browsers whose certificate database is read and changed by NSS's `certutil`, which this machine lacks. */
  readonly needCertutil: readonly string[];
}

/** Finds the trust stores of this machine and of this person's browsers. */
export function findStores(env: NodeJS.ProcessEnv = process.env, platform = process.platform): FoundStores {
  const databases = findNssDatabases(platform, env);
  const certutil = findProgram('certutil', env);
  const system = systemStores(platform, env['HOME'] ?? homedir());
  if (certutil === undefined) return { stores: system, needCertutil: databases.map(({ name }) => name) };
  return {
    stores: [...system, ...databases.map((database) => nssStore(database, certutil))],
    needCertutil: [],
  };
}

export interface TrustState {
  readonly store: TrustStore;
  readonly trusted: boolean;
}

/** Whether each store trusts the root certificate. */
export function readTrust(
  stores: readonly TrustStore[],
  root: Root | undefined,
): Promise<readonly TrustState[]> {
  return Promise.all(
    stores.map(async (store) => ({ store, trusted: root !== undefined && (await store.isTrusted(root)) })),
  );
}
