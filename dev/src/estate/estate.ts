import type { AppName } from '@sso/domains';
import type { DemoPerson } from '../people.ts';
import type { MemberName } from './events.ts';
import type { EstateFiles } from './folder.ts';
import type { Mode } from './options.ts';

/** The running sites, their proxy and their data. */
export interface Estate extends AsyncDisposable {
  readonly mode: Mode;
  readonly httpsPort: number;
  /** `https://shop.localhost:8443` by app. */
  readonly origins: Readonly<Record<AppName, string>>;
  /** Ports behind Caddy, loopback only; where an app runs more than once, that of its first process. */
  readonly ports: Readonly<Record<AppName, number>>;
  readonly people: readonly DemoPerson[];
  /** Folder of everything the estate wrote. */
  readonly directory: string;
  readonly files: EstateFiles;
  /** PEM file of the root that the sites' certificates lead to. */
  readonly rootCertificate: string;
  /** SHA-256 of the public key that signs the sites' certificates: see spkiHash. */
  readonly spki: () => string;
  /** Whether this member runs. */
  readonly isRunning: (name: MemberName) => boolean;
  /** Ends one member, or all. 'SIGKILL' is a crash. */
  readonly stop: (name?: MemberName, signal?: NodeJS.Signals) => Promise<void>;
  /** Signals a member's processes and leaves it at that: 'SIGSTOP' makes it hang, 'SIGCONT' wakes it again. */
  readonly signal: (name: MemberName, signal: 'SIGSTOP' | 'SIGCONT') => void;
  /** Starts a member again, ended first if it runs, with these variables added; ready when it resolves. */
  readonly restart: (name: MemberName, env?: Readonly<Record<string, string>>) => Promise<void>;
}
