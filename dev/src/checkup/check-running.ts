import { type App, appList, originsOn } from '@sso/domains';
import { publicStatus } from '../stack/probes.ts';
import type { RunningStack } from '../stack/running.ts';
import { broken, fine, type Finding } from './check.ts';

/** Whether each site of a stack that runs already answers through Caddy. */
export function checkRunning(running: RunningStack, rootCertificate: string): Promise<Finding[]> {
  const origins = originsOn(running.httpsPort);
  const where = `pnpm dev (pid ${running.pid})`;
  const check = async ({ name, title }: App): Promise<Finding> => {
    const status = await publicStatus({ origin: origins[name], rootCertificate }, '/healthz');
    if (status === 200) return fine(title, `${origins[name]}, served by ${where}`);
    return broken(title, `does not answer at ${origins[name]}`, `end ${where} and start it again`);
  };
  return Promise.all(appList.map(check));
}
