import { type AppName, appList, originsOn } from '@sso/domains';
import { caddyFailure } from '../caddy/start-caddy.ts';
import type { Child } from '../process/child.ts';
import { Failure } from '../terminal/failure.ts';
import { describeEnding, type MemberName } from './events.ts';
import type { EstateFolder } from './folder.ts';
import type { Mode } from './options.ts';
import { gaveUp } from './programs.ts';
import { answers, type PublicAddress, publicStatus, servesTls, type Unready, waitUntil } from './ready.ts';

export interface ReadySettings {
  readonly child: Child;
  readonly mode: Mode;
  readonly httpsPort: number;
  readonly folder: Pick<EstateFolder, 'rootCertificate'>;
}

/**
 * Waits until a member answers, on its own port and then through Caddy.
 * @throws Failure when it ends or stays silent
 */
export async function requireReady(name: MemberName, port: number, settings: ReadySettings): Promise<void> {
  const { child, mode, httpsPort } = settings;
  const hasFailed = (): boolean => child.tail().some((line) => gaveUp.test(line));
  const timeoutSeconds = mode === 'development' ? 120 : 60;
  for (const probe of probesOf(name, port, settings)) {
    // oxlint-disable-next-line no-await-in-loop -- in this order: the proxy would hide what the app says
    const unready = await waitUntil(probe, { child, timeoutSeconds, hasFailed });
    if (unready) throw name === 'caddy' ? caddyFailure(child, httpsPort) : appFailure(name, child, unready);
  }
}

function probesOf(
  name: MemberName,
  port: number,
  { httpsPort, folder }: ReadySettings,
): readonly (() => Promise<boolean>)[] {
  const origins = originsOn(httpsPort);
  const addressOf = (app: AppName): PublicAddress => ({
    origin: origins[app],
    rootCertificate: folder.rootCertificate,
  });
  if (name === 'caddy') return appList.map((app) => () => servesTls(addressOf(app.name)));
  return [() => answers(port), async () => (await publicStatus(addressOf(name), '/healthz')) === 200];
}

function appFailure(name: AppName, child: Child, unready: Unready): Failure {
  const fix = 'mend what its last lines above say and start again';
  return new Failure(`${describeUnready(name, unready)} while starting`, fix, { details: child.tail() });
}

function describeUnready(name: AppName, unready: Unready): string {
  if (unready.reason === 'ended') return describeEnding(unready.ending);
  return unready.reason === 'failed' ? `${name} failed` : `${name} stayed silent`;
}
