import { type AppName, appList, apps } from '@sso/domains';
import { freePorts, requireFreePort } from '../system/ports.ts';
import { readHttpsPort } from './https-port.ts';
import type { StackOptions } from './options.ts';

export interface StackPorts {
  readonly httpsPort: number;
  readonly ports: Readonly<Record<AppName, number>>;
  /** Of an app's second process and those after it. */
  readonly morePorts: MorePorts;
}

export type MorePorts = Partial<Readonly<Record<AppName, readonly number[]>>>;

/**
 * The ports of a stack: free ones in production, those that people know in development.
 * @throws Failure that names the port that is taken
 */
export async function choosePorts(
  { mode, httpsPort, processes = {} }: StackOptions,
  env: NodeJS.ProcessEnv,
): Promise<StackPorts> {
  if (mode === 'production') {
    const more = appList.flatMap(({ name }) => Array<AppName>((processes[name] ?? 1) - 1).fill(name));
    const [free = 0, idp = 0, shop = 0, blog = 0, ...rest] = await freePorts(4 + more.length);
    const morePorts = Object.groupBy(rest, (port) => more[rest.indexOf(port)] ?? 'idp');
    return { httpsPort: httpsPort ?? free, ports: { idp, shop, blog }, morePorts };
  }
  const chosen = httpsPort ?? readHttpsPort(env);
  await requireFreePort(chosen, `end it, or choose another: HTTPS_PORT=${chosen === 9443 ? 9444 : 9443}`);
  for (const { port, title } of appList) {
    // One at a time, so that the first one that is taken is the one that is named.
    await requireFreePort(port, `end it; ${title} needs that port`);
  }
  const ports = { idp: apps.idp.port, shop: apps.shop.port, blog: apps.blog.port };
  return { httpsPort: chosen, ports, morePorts: {} };
}
