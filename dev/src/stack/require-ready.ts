import { type AppName, appList, explorerOrigin, originsOn } from '@sso/domains';
import { caddyFailure } from '../caddy/start-caddy.ts';
import type { Child } from '../process/child.ts';
import { type NotReady, waitUntil } from '../process/wait-until.ts';
import { Failure } from '../terminal/failure.ts';
import { describeEnding, type ServiceName } from './events.ts';
import type { StackFolder } from './folder.ts';
import type { Mode } from './options.ts';
import { gaveUp } from './programs.ts';
import { isHealthy, type PublicAddress, publicStatus, servesTls } from './probes.ts';

export interface ReadySettings {
  readonly child: Child;
  readonly mode: Mode;
  readonly httpsPort: number;
  readonly folder: Pick<StackFolder, 'rootCertificate'>;
}

/**
 * Waits until a service answers, on its own port and then through Caddy.
 * @throws Failure when it ends or stays silent
 */
export async function requireReady(name: ServiceName, port: number, settings: ReadySettings): Promise<void> {
  const { child, mode, httpsPort } = settings;
  const hasFailed = (): boolean => child.tail().some((line) => gaveUp.test(line));
  const timeoutSeconds = mode === 'development' ? 120 : 60;
  for (const probe of probesOf(name, port, settings)) {
    // In this order: the proxy would hide what the app says.
    const notReady = await waitUntil(probe, { child, timeoutSeconds, hasFailed });
    if (notReady) throw name === 'caddy' ? caddyFailure(child, httpsPort) : appFailure(name, child, notReady);
  }
}

function probesOf(
  name: ServiceName,
  port: number,
  { httpsPort, folder }: ReadySettings,
): readonly (() => Promise<boolean>)[] {
  const origins = originsOn(httpsPort);
  const addressOf = (app: AppName | 'explorer'): PublicAddress => ({
    origin: app === 'explorer' ? explorerOrigin(httpsPort) : origins[app],
    rootCertificate: folder.rootCertificate,
  });
  if (name === 'caddy') return appList.map((app) => () => servesTls(addressOf(app.name)));
  return [() => isHealthy(port), async () => (await publicStatus(addressOf(name), '/healthz')) === 200];
}

function appFailure(name: AppName | 'explorer', child: Child, notReady: NotReady): Failure {
  const fix = 'mend what its last lines above say and start again';
  return new Failure(`${describeNotReady(name, notReady)} while starting`, fix, { details: child.tail() });
}

function describeNotReady(name: AppName | 'explorer', notReady: NotReady): string {
  if (notReady.reason === 'ended') return describeEnding(notReady.ending);
  return notReady.reason === 'failed' ? `${name} failed` : `${name} stayed silent`;
}
