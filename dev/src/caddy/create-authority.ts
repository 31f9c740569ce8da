import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../process/child.ts';
import { waitUntil } from '../process/wait-until.ts';
import { freePorts } from '../system/ports.ts';
import { caddyFailure, caddyProgram } from './start-caddy.ts';
import { intermediateCertificateIn, rootCertificateIn } from './storage.ts';

/**
 * Makes the local certificate authority in `storage` unless it is there: Caddy writes it when it starts, so it is
 * started for a moment, on a free port.
 * @throws Failure when Caddy does not start
 */
export async function createAuthority(caddy: string, storage: string): Promise<void> {
  const isThere = (): boolean =>
    existsSync(rootCertificateIn(storage)) && existsSync(intermediateCertificateIn(storage));
  if (isThere()) return;
  const home = mkdtempSync(join(tmpdir(), 'one-login-'));
  const [httpsPort = 0, idp = 0, shop = 0, blog = 0] = await freePorts(4);
  const settings = {
    httpsPort,
    ports: { idp, shop, blog },
    storage,
    accessLog: join(home, 'access.log'),
    home,
  };
  const child = startChild('caddy', await caddyProgram(caddy, settings), { log: join(home, 'caddy.log') });
  try {
    const notReady = await waitUntil(async () => isThere(), { child, timeoutSeconds: 20 });
    if (notReady) throw caddyFailure(child, httpsPort);
  } finally {
    await child.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
