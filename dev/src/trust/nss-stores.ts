import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../system/find-program.ts';
import { run } from '../system/run.ts';
import { holds, NICKNAME } from './root.ts';
import type { Step, TrustStore } from './store.ts';

const CHROMIUM_PROGRAMS = [
  'chromium',
  'chromium-browser',
  'chromium-headless-shell',
  'google-chrome',
  'microsoft-edge',
  'brave-browser',
];

/** Folders below a home that hold Firefox profiles. */
const firefoxFolders: readonly (readonly string[])[] = [
  ['.mozilla', 'firefox'],
  ['.config', 'mozilla', 'firefox'],
  ['snap', 'firefox', 'common', '.mozilla', 'firefox'],
  ['.var', 'app', 'org.mozilla.firefox', '.mozilla', 'firefox'],
  ['Library', 'Application Support', 'Firefox', 'Profiles'],
];

/** A database of the libraries that Chromium (on Linux) and Firefox look up whom to trust in. */
export interface NssDatabase {
  readonly name: string;
  readonly folder: string;
}

/**
 * The databases of this person's browsers. Chromium's is also named when it is still to be made; on macOS and
 * Windows Chromium reads the system's store.
 */
export function findNssDatabases(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): readonly NssDatabase[] {
  const home = env['HOME'];
  if (home === undefined || platform === 'win32') return [];
  return [...(platform === 'linux' ? chromiumDatabases(home, env) : []), ...firefoxDatabases(home)];
}

function chromiumDatabases(home: string, env: NodeJS.ProcessEnv): NssDatabase[] {
  const own = join(home, '.pki', 'nssdb');
  const snap = join(home, 'snap', 'chromium', 'current', '.pki', 'nssdb');
  const wanted =
    existsSync(own) || CHROMIUM_PROGRAMS.some((program) => findProgram(program, env) !== undefined);
  return [
    ...(wanted ? [{ name: 'Chromium and Chrome', folder: own }] : []),
    ...(existsSync(snap) ? [{ name: 'Chromium (snap)', folder: snap }] : []),
  ];
}

function firefoxDatabases(home: string): NssDatabase[] {
  return firefoxFolders
    .map((parts) => join(home, ...parts))
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((profile) => ({ profile, folder: join(folder, profile) })))
    .filter(({ folder }) => existsSync(join(folder, 'cert9.db')))
    .map(({ profile, folder }) => ({ name: `Firefox (${profile})`, folder }));
}

/** @param certutil path of NSS's certutil, which is not Windows' program of the same name */
export function nssStore({ name, folder }: NssDatabase, certutil: string): TrustStore {
  const database = `sql:${folder}`;
  const takeOut = [certutil, '-d', database, '-D', '-n', NICKNAME];
  return {
    name,
    isTrusted: async (root) => {
      const { stdout } = await run(certutil, ['-d', database, '-L', '-n', NICKNAME, '-a'], {
        timeoutSeconds: 20,
      });
      return holds(stdout, root);
    },
    add: ({ path }) => [
      ...(existsSync(join(folder, 'cert9.db')) ? [] : newDatabase(certutil, folder)),
      // An older root of the same name would hide this one.
      { command: takeOut, mayFail: true },
      { command: [certutil, '-d', database, '-A', '-t', 'C,,', '-n', NICKNAME, '-i', path] },
    ],
    remove: () => [{ command: takeOut }],
  };
}

function newDatabase(certutil: string, folder: string): Step[] {
  return [
    { command: ['mkdir', '-p', '-m', '0700', folder] },
    { command: [certutil, '-d', `sql:${folder}`, '-N', '--empty-password'] },
  ];
}
