import { type AppName, apps, explorer } from './apps.ts';

export const DEFAULT_HTTPS_PORT = 8443;

/** The public origin of an app on the given HTTPS port; 443 leaves the port out, as browsers do. */
export function originOf(name: AppName, httpsPort: number = DEFAULT_HTTPS_PORT): string {
  return originAt(apps[name].host, httpsPort);
}

/** Where development shows what happens. */
export function explorerOrigin(httpsPort: number = DEFAULT_HTTPS_PORT): string {
  return originAt(explorer.host, httpsPort);
}

function originAt(host: string, httpsPort: number): string {
  const port = httpsPort === 443 ? '' : `:${httpsPort}`;
  return `https://${host}${port}`;
}

/** All origins by app name. */
export function originsOn(httpsPort: number = DEFAULT_HTTPS_PORT): Record<AppName, string> {
  return {
    idp: originOf('idp', httpsPort),
    shop: originOf('shop', httpsPort),
    blog: originOf('blog', httpsPort),
  };
}
