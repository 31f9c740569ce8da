import { type AppName, appList, apps, DEFAULT_HTTPS_PORT, explorer as explorerApp } from '@sso/domains';
import { freePorts, portState, portTaken } from '../system/ports.ts';
import { findStackOnPort } from './find-stack.ts';
import { readHttpsPort } from './https-port.ts';
import type { StackOptions } from './options.ts';
import { alreadyRuns } from './running.ts';

export interface StackPorts {
  readonly httpsPort: number;
  readonly ports: Readonly<Record<AppName, number>>;
  /** Of an app's second process and those after it. */
  readonly morePorts: MorePorts;
  /** Undefined where the explorer doesn't run. */
  readonly explorerPort: number | undefined;
}

export type MorePorts = Partial<Readonly<Record<AppName, readonly number[]>>>;

/**
 * The ports of a stack: free ones in production; in development the HTTPS port that the person chose, and any behind it.
 * @throws Failure that names the port that is taken
 */
export async function choosePorts(options: StackOptions, env: NodeJS.ProcessEnv): Promise<StackPorts> {
  const { mode, httpsPort, processes = {}, explorer = false } = options;
  if (mode === 'production') {
    const more = appList.flatMap(({ name }) => Array<AppName>((processes[name] ?? 1) - 1).fill(name));
    const [free = 0, idp = 0, shop = 0, blog = 0, own = 0, ...rest] = await freePorts(
      5 + more.length,
      httpsPort,
    );
    const explorerPort = explorer ? own : undefined;
    const morePorts = Object.groupBy(rest, (port) => more[rest.indexOf(port)] ?? 'idp');
    return { httpsPort: httpsPort ?? free, ports: { idp, shop, blog }, morePorts, explorerPort };
  }
  const chosen = httpsPort ?? readHttpsPort(env);
  await requireHttpsPort(chosen);
  const explorerPort = explorer ? await freePortOfExplorer(chosen) : undefined;
  return { httpsPort: chosen, ports: await developmentPorts(chosen), morePorts: {}, explorerPort };
}

async function freePortOfExplorer(httpsPort: number): Promise<number> {
  const isUsual = httpsPort === DEFAULT_HTTPS_PORT && (await portState(explorerApp.port)) === 'free';
  const [free = 0] = await freePorts(1, httpsPort);
  return isUsual ? explorerApp.port : free;
}

/** @throws Failure that names who holds it: another clone's stack, or some program */
async function requireHttpsPort(port: number): Promise<void> {
  if ((await portState(port)) !== 'taken') return;
  const other = `HTTPS_PORT=${port === 9443 ? 9444 : 9443}`;
  const running = await findStackOnPort(port);
  if (running) throw alreadyRuns(running, `use it, or end it there, or choose another port: ${other}`);
  throw await portTaken(port, `end it, or choose another: ${other}`);
}

/**
 * Behind the usual HTTPS port those of packages/domains, behind another one free ones, so that several clones run side by
 * side. A port that is taken is replaced too: nobody but Caddy asks for it.
 */
export async function developmentPorts(httpsPort: number): Promise<StackPorts['ports']> {
  const [idp = 0, shop = 0, blog = 0] = await freePorts(appList.length, httpsPort);
  const free = { idp, shop, blog };
  if (httpsPort !== DEFAULT_HTTPS_PORT) return free;
  const chosen = async (name: AppName): Promise<number> =>
    (await portState(apps[name].port)) === 'free' ? apps[name].port : free[name];
  return { idp: await chosen('idp'), shop: await chosen('shop'), blog: await chosen('blog') };
}
