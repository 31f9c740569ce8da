import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const peers = fileURLToPath(new URL('peers', import.meta.url));
const pnpm = (...args: readonly string[]) =>
  promisify(execFile)('npx', ['-y', 'pnpm@12', ...args], { cwd: peers });

/** Fetches what the peers are made of, as their own lockfile has it. Nothing else of the repository needs it. */
export async function fetchPeers(): Promise<void> {
  await pnpm('install', '--frozen-lockfile');
}

/** Builds the provider that is measured. */
export async function buildProvider(): Promise<void> {
  await pnpm('--dir', '../../apps/idp', 'build');
}
