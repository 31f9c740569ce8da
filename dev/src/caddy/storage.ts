import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder of this person's own local certificate authority: one for every clone, so that trusting it once is
 * enough. Stacks for tests keep theirs inside their own folder.
 */
export function caStorage(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  return join(dataHome(env, platform), 'one-login', 'caddy');
}

function dataHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const home = env['HOME'] ?? homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
  return env['XDG_DATA_HOME'] || join(home, '.local', 'share');
}

/** Where Caddy keeps the root certificate, below its storage; the file appears when Caddy first starts. */
export function rootCertificateIn(storage: string): string {
  return join(storage, 'pki', 'authorities', 'local', 'root.crt');
}

/** The certificate that signs the sites' own; Caddy renews it after some days. */
export function intermediateCertificateIn(storage: string): string {
  return join(storage, 'pki', 'authorities', 'local', 'intermediate.crt');
}
