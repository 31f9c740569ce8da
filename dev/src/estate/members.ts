import { once } from 'node:events';
import { appList } from '@sso/domains';
import { caddyProgram } from '../caddy/start-caddy.ts';
import { type Child, type Program, startChild } from '../process/child.ts';
import { signalGroup } from '../process/group.ts';
import { startWatchdog, type Watchdog } from '../process/watchdog.ts';
import { Failure } from '../terminal/failure.ts';
import { appEnv, type AppEnvSettings } from './app-env.ts';
import type { MorePorts } from './choose-ports.ts';
import type { EstateEvent, MemberName } from './events.ts';
import type { EstateOptions } from './options.ts';
import { programs } from './programs.ts';
import { requireReady } from './require-ready.ts';

export interface MemberSettings extends AppEnvSettings {
  readonly caddy: string;
  readonly root: string;
  readonly morePorts: MorePorts;
  readonly observe: (event: EstateEvent) => void;
  readonly overrides: Pick<EstateOptions, 'programs' | 'appEnv' | 'signal'>;
}

export interface Members {
  readonly startAll: () => Promise<void>;
  readonly stop: (name?: MemberName, signal?: NodeJS.Signals) => Promise<void>;
  readonly restart: (name: MemberName, env?: Environment) => Promise<void>;
  readonly signal: (name: MemberName, signal: NodeJS.Signals) => void;
  readonly isRunning: (name: MemberName) => boolean;
}

type Environment = Readonly<Record<string, string>>;

interface Household {
  readonly settings: MemberSettings;
  readonly running: Set<Child>;
  /** What restarts added to a member's environment. */
  readonly added: Map<MemberName, Environment>;
  readonly watchdog: Watchdog;
  /** Set once everything ends: whatever is still on its way up must not start any more. */
  readonly state: { closing: boolean };
}

/** The processes of one estate. */
export function createMembers(settings: MemberSettings): Members {
  const household: Household = {
    settings,
    running: new Set(),
    added: new Map(),
    watchdog: startWatchdog(),
    state: { closing: false },
  };
  return {
    startAll: () => startAll(household),
    stop: (name, signal) => stop(household, name, signal),
    restart: (name, env) => restart(household, name, env),
    signal: (name, signal) => signalAll(household, name, signal),
    isRunning: (name) => childrenOf(household, name).length > 0,
  };
}

async function startAll(household: Household): Promise<void> {
  const { signal } = household.settings.overrides;
  try {
    signal?.throwIfAborted();
    await Promise.race([startInOrder(household), ...(signal ? [rejectOn(signal)] : [])]);
  } catch (error) {
    await stop(household);
    throw error;
  }
}

/** Caddy first: the apps trust the root certificate that it writes. */
async function startInOrder(household: Household): Promise<void> {
  await start(household, 'caddy');
  await Promise.all(appList.map(({ name }) => start(household, name)));
}

async function rejectOn(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw signal.reason;
}

/** All processes of a member. */
async function start(household: Household, name: MemberName): Promise<void> {
  const began = Date.now();
  await Promise.all(portsOf(name, household.settings).map((port) => startProcess(household, name, port)));
  household.settings.observe({ type: 'member.ready', name, milliseconds: Date.now() - began });
}

function portsOf(name: MemberName, { httpsPort, ports, morePorts }: MemberSettings): readonly number[] {
  return name === 'caddy' ? [httpsPort] : [ports[name], ...(morePorts[name] ?? [])];
}

async function startProcess(household: Household, name: MemberName, port: number): Promise<void> {
  const { settings, running, added } = household;
  const program = await programOf(name, port, { settings, added: added.get(name) ?? {} });
  if (household.state.closing) throw new Failure('The estate is ending', 'start it again');
  const state = { ready: false };
  const child = startChild(name, program, {
    log: settings.folder.files.logs[name],
    onLine: (line) => settings.observe({ type: 'member.line', name, line }),
    onEnd: (ending) => {
      running.delete(child);
      guard(household);
      if (state.ready && !ending.asked) settings.observe({ type: 'member.died', name, ending });
    },
  });
  running.add(child);
  guard(household);
  await requireReady(name, port, { ...settings, child });
  state.ready = true;
}

function childrenOf({ running }: Household, name?: MemberName): readonly Child[] {
  return [...running].filter((child) => name === undefined || child.name === name);
}

function signalAll(household: Household, name: MemberName, signal: NodeJS.Signals): void {
  for (const { pid } of childrenOf(household, name)) if (pid !== undefined) signalGroup(pid, signal);
}

function guard({ running, watchdog }: Household): void {
  watchdog.guard([...running].flatMap(({ pid }) => pid ?? []));
}

async function stop(household: Household, name?: MemberName, signal?: NodeJS.Signals): Promise<void> {
  if (name === undefined) household.state.closing = true;
  await Promise.all(childrenOf(household, name).map((child) => child.stop(signal)));
  if (name === undefined) household.watchdog.stop();
}

async function restart(household: Household, name: MemberName, env: Environment = {}): Promise<void> {
  await stop(household, name);
  household.added.set(name, { ...household.added.get(name), ...env });
  await start(household, name);
}

interface Circumstances {
  readonly settings: MemberSettings;
  /** What a restart brought. */
  readonly added: Environment;
}

/** The program with its whole environment. */
async function programOf(
  name: MemberName,
  port: number,
  { settings, added }: Circumstances,
): Promise<Program> {
  const { caddy, root, mode, folder, overrides } = settings;
  if (name === 'caddy') {
    const { caddyStorage: storage, directory: home, files } = folder;
    return caddyProgram(caddy, { ...settings, storage, accessLog: files.accessLog, home });
  }
  const env = { ...appEnv(name, settings), PORT: String(port), ...overrides.appEnv?.[name], ...added };
  return (overrides.programs?.[name] ?? programs[name])({ mode, root, port, env });
}
