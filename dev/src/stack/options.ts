import type { AppName } from '@sso/domains';
import type { Program } from '../process/child.ts';
import type { DemoPerson } from './demo-people.ts';
import type { StackEvent } from './events.ts';

/** Development: `next dev`, `node --watch`, the app ports of packages/domains. Production: `next start`, free ports. */
export type Mode = 'development' | 'production';

export interface StackOptions {
  readonly mode: Mode;
  /**
   * Folder below `.local`. In development it is kept between runs; in production each run gets a folder of its own
   * below it, which the next run removes. Default: 'dev' or 'e2e', by mode.
   */
  readonly name?: string;
  /** Default in development: HTTPS_PORT or 8443; in production a free one. */
  readonly httpsPort?: number;
  /** Default: the process's own, from which the apps inherit what is not about this workspace. */
  readonly env?: NodeJS.ProcessEnv;
  /** Added to one app's environment, and wins: `{ idp: { ACCESS_TOKEN_SECONDS: '10' } }`. */
  readonly appEnv?: Partial<Record<AppName, Readonly<Record<string, string>>>>;
  /** Whether the explorer runs beside the sites, where apps/explorer is there. Default: it does not. */
  readonly explorer?: boolean;
  /** Whether the apps' logs also say what each check compared. Default: in development. */
  readonly eventDetails?: boolean;
  /** How many processes of an app share its requests, in production mode. Default: one of each. */
  readonly processes?: Partial<Record<AppName, number>>;
  /** Members added to CLIENTS_FILE: RFC 7591 metadata with `client_secret`. */
  readonly clients?: readonly Readonly<Record<string, unknown>>[];
  /** People beside the demo people. */
  readonly people?: readonly DemoPerson[];
  /** Programs in place of the apps' own; tests put stand-ins. */
  readonly programs?: Partial<Record<AppName, (settings: ProgramSettings) => Program>>;
  /** Repository root. Default: the one this file is in. */
  readonly root?: string;
  /** Ends the start early: whatever runs is ended, and startStack throws. */
  readonly signal?: AbortSignal;
  /** Told of every step, line and unexpected end. Default: unexpected ends go to stderr. */
  readonly observe?: (event: StackEvent) => void;
}

/** What a program of an app is made from. */
export interface ProgramSettings {
  readonly mode: Mode;
  readonly root: string;
  readonly port: number;
  readonly env: NodeJS.ProcessEnv;
}
