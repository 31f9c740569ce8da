import { fileURLToPath } from 'node:url';
import { type AppName, appList } from '@sso/domains';
import { hasIpv6 } from '../system/ports.ts';

/** The one Caddyfile of the repository. */
export const caddyfile: string = fileURLToPath(new URL('../../../Caddyfile', import.meta.url));

/** What the explorer adds to it. */
const explorerSite = fileURLToPath(new URL('../../../apps/explorer/explorer.caddy', import.meta.url));

export interface CaddySettings {
  readonly httpsPort: number;
  readonly ports: Readonly<Record<AppName, number>>;
  /** Of further processes of an app. */
  readonly morePorts?: Partial<Readonly<Record<AppName, readonly number[]>>>;
  /** Of the explorer, where it is to run. */
  readonly explorerPort?: number | undefined;
  /** Folder of the certificate authority and its certificates. */
  readonly storage: string;
  /** File of the access log; its folder must exist and be 0700. */
  readonly accessLog: string;
  /** Folder for Caddy's own bookkeeping. */
  readonly home: string;
}

/** The variables that the Caddyfile reads, and those that keep Caddy out of the person's own folders. */
export async function caddyEnvironment(settings: CaddySettings): Promise<Record<string, string>> {
  const { httpsPort, ports, morePorts = {}, explorerPort, storage, accessLog, home } = settings;
  const upstreams = appList.map(({ name }) => [
    upstreamVariable(name),
    [ports[name], ...(morePorts[name] ?? [])].map((port) => `127.0.0.1:${port}`).join(' '),
  ]);
  return {
    ...Object.fromEntries(upstreams),
    ...(explorerPort !== undefined && {
      CADDY_TOOLS: `import "${explorerSite}"`,
      EXPLORER_UPSTREAM: `127.0.0.1:${explorerPort}`,
    }),
    HTTPS_PORT: String(httpsPort),
    CADDY_BIND: (await hasIpv6()) ? '127.0.0.1 ::1' : '127.0.0.1',
    CADDY_STORAGE: storage,
    CADDY_ACCESS_LOG: accessLog,
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
  };
}

/** `SHOP_UPSTREAMS`: one or more addresses, so that an app can run more than once. */
export function upstreamVariable(name: AppName): string {
  return `${name.toUpperCase()}_UPSTREAMS`;
}
