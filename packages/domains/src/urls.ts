import { type AppName, apps } from './apps.ts';

export const DEFAULT_HTTPS_PORT = 8443;

/** The public origin of an app on the given HTTPS port; 443 leaves the port out, as browsers do. */
export function originOf(name: AppName, httpsPort: number = DEFAULT_HTTPS_PORT): string {
  const port = httpsPort === 443 ? '' : `:${httpsPort}`;
  return `https://${apps[name].host}${port}`;
}

/** All origins by app name. */
export function originsOn(httpsPort: number = DEFAULT_HTTPS_PORT): Record<AppName, string> {
  return {
    idp: originOf('idp', httpsPort),
    shop: originOf('shop', httpsPort),
    blog: originOf('blog', httpsPort),
  };
}
