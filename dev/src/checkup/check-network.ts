import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { appList, apps } from '@sso/domains';
import { broken, fine, type Finding, hint } from './check.ts';

const localNetwork = fileURLToPath(new URL('../local-network.ts', import.meta.url));

/** Whether a Node process with our preload finds the sites, as the apps must for their calls to one another. */
export function checkNames(rootCertificate: string): Finding {
  const title = '*.localhost from Node';
  const code = `import { lookup } from 'node:dns/promises';
    const { applyLocalNetwork } = await import(process.argv[1]);
    applyLocalNetwork(process.argv[2]);
    console.log((await lookup(process.argv[3])).address);`;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', code, localNetwork, rootCertificate, apps.idp.host],
    { encoding: 'utf8' },
  );
  if (status === 0 && stdout.trim() === '127.0.0.1') return fine(title, `${apps.idp.host} is 127.0.0.1`);
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return broken(
    title,
    `${apps.idp.host} is not found (${last})`,
    'look at NODE_OPTIONS, something there hides the preload',
  );
}

/** Safari asks the system for *.localhost, and macOS does not know it; other browsers answer themselves. */
export function checkSafari(platform: NodeJS.Platform, hostsFile = '/etc/hosts'): Finding[] {
  if (platform !== 'darwin') return [];
  const hosts = appList.map(({ host }) => host);
  const known = readFileSync(hostsFile, 'utf8');
  if (hosts.every((host) => known.includes(host))) return [fine('Safari', `${hostsFile} names the sites`)];
  const line = `127.0.0.1 ${hosts.join(' ')}`;
  return [
    hint(
      'Safari',
      'does not find the sites',
      `for Safari add to ${hostsFile}: ${line} (others need nothing)`,
    ),
  ];
}
