import type { AppName } from '@sso/domains';
import type { DemoPerson } from './demo-people.ts';
import type { ServiceName } from './events.ts';
import type { StackFiles } from './folder.ts';
import type { Mode } from './options.ts';

/** The running sites, their proxy and their data. */
export interface Stack extends AsyncDisposable {
  readonly mode: Mode;
  readonly httpsPort: number;
  /** `https://shop.localhost:8443` by app. */
  readonly origins: Readonly<Record<AppName, string>>;
  /** Where the explorer is; undefined where it doesn't run. */
  readonly explorer: string | undefined;
  /** Ports behind Caddy, loopback only; where an app runs more than once, that of its first process. */
  readonly ports: Readonly<Record<AppName, number>>;
  readonly people: readonly DemoPerson[];
  /** Folder of everything the stack wrote. */
  readonly directory: string;
  readonly files: StackFiles;
  /** PEM file of the root that the sites' certificates lead to. */
  readonly rootCertificate: string;
  /** SHA-256 of the public key that signs the sites' certificates: see spkiHash. */
  readonly spki: () => string;
  /** Whether this service runs. */
  readonly isRunning: (name: ServiceName) => boolean;
  /** Ends one service, or all. 'SIGKILL' is a crash. */
  readonly stop: (name?: ServiceName, signal?: NodeJS.Signals) => Promise<void>;
  /** Signals a service's processes and leaves it at that: 'SIGSTOP' makes it hang, 'SIGCONT' wakes it again. */
  readonly signal: (name: ServiceName, signal: 'SIGSTOP' | 'SIGCONT') => void;
  /** Starts a service again, ended first if it runs, with these variables added; ready when it resolves. */
  readonly restart: (name: ServiceName, env?: Readonly<Record<string, string>>) => Promise<void>;
}
