import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';
import { bodyOf, FILE_NAME, holds, NICKNAME, type Root } from './root.ts';
import type { TrustStore } from './store.ts';

/** The stores that Linux distributions build from a folder of extra roots. */
const folders: readonly LinuxFolder[] = [
  {
    distribution: 'Debian',
    anchors: '/usr/local/share/ca-certificates',
    bundle: '/etc/ssl/certs/ca-certificates.crt',
    rebuild: ['update-ca-certificates'],
    rebuildWithout: ['update-ca-certificates', '--fresh'],
  },
  {
    distribution: 'Fedora',
    anchors: '/etc/pki/ca-trust/source/anchors',
    bundle: '/etc/pki/tls/certs/ca-bundle.crt',
    rebuild: ['update-ca-trust', 'extract'],
  },
  {
    distribution: 'Arch',
    anchors: '/etc/ca-certificates/trust-source/anchors',
    bundle: '/etc/ssl/certs/ca-certificates.crt',
    rebuild: ['update-ca-trust'],
  },
  {
    distribution: 'openSUSE',
    anchors: '/etc/pki/trust/anchors',
    bundle: '/etc/ssl/ca-bundle.pem',
    rebuild: ['update-ca-certificates'],
  },
];

export interface LinuxFolder {
  readonly distribution: string;
  readonly anchors: string;
  /** The file that programs read. */
  readonly bundle: string;
  readonly rebuild: readonly string[];
  /** Where taking out wants another command. */
  readonly rebuildWithout?: readonly string[];
}

/** The operating system's own store, by platform. */
export function systemStores(platform: NodeJS.Platform, home: string): readonly TrustStore[] {
  if (platform === 'darwin') return [macStore(join(home, 'Library', 'Keychains', 'login.keychain-db'))];
  if (platform === 'win32') return [windowsStore];
  const folder = folders.find(({ anchors }) => existsSync(anchors));
  return folder ? [linuxStore(folder)] : [];
}

export function linuxStore(folder: LinuxFolder): TrustStore {
  const { distribution, anchors, bundle, rebuild, rebuildWithout = rebuild } = folder;
  const anchor = join(anchors, FILE_NAME);
  return {
    name: `the system store (${distribution})`,
    isTrusted: async (root) => existsSync(bundle) && holds(readFileSync(bundle, 'utf8'), root),
    add: ({ path }) => [
      { command: ['install', '-m', '0644', path, anchor], asRoot: true },
      { command: rebuild, asRoot: true },
    ],
    remove: () => [
      { command: ['rm', '-f', anchor], asRoot: true },
      { command: rebuildWithout, asRoot: true },
    ],
  };
}

/** The person's own keychain: macOS asks for their password itself, root is not needed. */
function macStore(keychain: string): TrustStore {
  return {
    name: 'the login keychain',
    isTrusted: async (root) => isInSystem(root),
    add: ({ path }) => [
      { command: ['security', 'add-trusted-cert', '-r', 'trustRoot', '-k', keychain, path] },
    ],
    remove: ({ path }) => [
      { command: ['security', 'remove-trusted-cert', path], mayFail: true },
      { command: ['security', 'delete-certificate', '-c', NICKNAME, keychain] },
    ],
  };
}

/** The person's own store: Windows asks in a window. */
const windowsStore: TrustStore = {
  name: "this user's Windows store",
  isTrusted: async (root) => isInSystem(root),
  add: ({ path }) => [{ command: ['certutil', '-user', '-addstore', '-f', 'Root', path] }],
  remove: ({ thumbprint }) => [{ command: ['certutil', '-user', '-delstore', 'Root', thumbprint] }],
};

function isInSystem(root: Root): boolean {
  return tls.getCACertificates('system').some((pem) => bodyOf(pem) === root.body);
}
