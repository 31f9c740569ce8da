import { caddyVersion, findCaddy, isRecent } from '../caddy/find-caddy.ts';
import { findInstallation } from '../system/packages.ts';
import { shellLine } from '../system/privileges.ts';
import { isSupported } from '../../node-version.mjs';
import { broken, fine, type Finding } from './check.ts';

/** The same figure as `engines` in package.json; the command's entry refuses an older one before it gets here. */
export function checkNode(version: string = process.versions.node): Finding {
  if (isSupported(version)) return fine('Node', version);
  return broken('Node', `${version} is too old`, 'install Node 24 from https://nodejs.org');
}

export async function checkCaddy(env: NodeJS.ProcessEnv): Promise<Finding> {
  const caddy = findCaddy(env);
  if (caddy === undefined) {
    const commands = findInstallation('caddy', env);
    const fix = commands
      ? `type ${shellLine(commands)}`
      : 'install it from https://caddyserver.com/docs/install';
    return broken('Caddy', 'not installed', fix);
  }
  const version = await caddyVersion(caddy);
  if (version !== undefined && isRecent(version)) return fine('Caddy', `${version} (${caddy})`);
  return broken(
    'Caddy',
    version === undefined ? `${caddy} does not say its version` : `${version} is too old, 2.6 is needed`,
    'install a newer one from https://caddyserver.com/docs/install',
  );
}
