import { type AppName, apps, originsOn, relyingParties } from '@sso/domains';
import type { StackFolder } from './folder.ts';
import type { Mode } from './options.ts';
import type { Secrets } from './secrets.ts';

export interface AppEnvSettings {
  readonly mode: Mode;
  readonly httpsPort: number;
  readonly ports: Readonly<Record<AppName, number>>;
  readonly folder: StackFolder;
  readonly secrets: Secrets;
  /** The person's own environment. */
  readonly inherited: NodeJS.ProcessEnv;
  /** Whether the apps' logs say what was compared. */
  readonly eventDetails: boolean;
  /** Whether what the apps print is shown in colour. */
  readonly colour: boolean;
}

/** The complete environment of one app. */
export function appEnv(name: AppName, settings: AppEnvSettings): NodeJS.ProcessEnv {
  const { mode, ports, inherited, colour } = settings;
  return {
    ...withoutPackageManager(inherited),
    ...localNetwork(settings),
    ...(colour ? { FORCE_COLOR: '1', NO_COLOR: undefined } : { NO_COLOR: '1', FORCE_COLOR: undefined }),
    NODE_ENV: mode,
    NEXT_TELEMETRY_DISABLED: '1',
    EVENT_DETAILS: settings.eventDetails ? 'on' : 'off',
    HOST: '127.0.0.1',
    PORT: String(ports[name]),
    ...(name === 'idp' ? providerEnv(settings) : siteEnv(name, settings)),
  };
}

function providerEnv({ httpsPort, folder: { files } }: AppEnvSettings): NodeJS.ProcessEnv {
  return {
    ISSUER: originsOn(httpsPort).idp,
    SERVICE_NAME: apps.idp.title,
    DATABASE_URL: `file:${files.databases.idp}`,
    KEY_ENCRYPTION_KEYS_FILE: files.keyEncryptionKeys,
    CLIENTS_FILE: files.clients,
    USERS_FILE: files.users,
    ACCESS_FILE: files.access,
  };
}

function siteEnv(
  name: 'shop' | 'blog',
  { httpsPort, folder: { files }, secrets }: AppEnvSettings,
): NodeJS.ProcessEnv {
  const origins = originsOn(httpsPort);
  return {
    BASE_URL: origins[name],
    ISSUER: origins.idp,
    CLIENT_ID: relyingParties.find((app) => app.name === name)?.clientId,
    CLIENT_SECRET: secrets[name].clientSecret,
    SESSION_KEYS: secrets[name].sessionKeys.join(','),
    DATABASE_FILE: files.databases[name],
    SHOP_URL: origins.shop,
    BLOG_URL: origins.blog,
  };
}

/** Server-to-server calls use the public names: they resolve to Caddy, whose root is trusted (see preload/). */
function localNetwork({ folder, inherited }: AppEnvSettings): NodeJS.ProcessEnv {
  const preload = new URL('../../preload/local-network.mjs', import.meta.url);
  return {
    LOCAL_ROOT: folder.rootCertificate,
    NODE_OPTIONS: [inherited['NODE_OPTIONS'], `--import=${preload.href}`].filter(Boolean).join(' '),
    NO_PROXY: [inherited['NO_PROXY'] ?? inherited['no_proxy'], '.localhost', 'localhost', '127.0.0.1']
      .filter(Boolean)
      .join(','),
  };
}

/** pnpm's own variables are about the workspace's root and would mislead a program that runs elsewhere. */
function withoutPackageManager(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([key]) => !/^(npm|pnpm)_/i.test(key)));
}
