import { once } from 'node:events';
import { appList } from '@sso/domains';
import { caddyProgram } from '../caddy/start-caddy.ts';
import { type Child, type Program, startChild } from '../process/child.ts';
import { signalGroup } from '../process/group.ts';
import { startWatchdog, type Watchdog } from '../process/watchdog.ts';
import { Failure } from '../terminal/failure.ts';
import { appEnv, type AppEnvSettings } from './app-env.ts';
import type { MorePorts } from './choose-ports.ts';
import type { StackEvent, ServiceName } from './events.ts';
import type { StackOptions } from './options.ts';
import { explorerProgram } from './explorer.ts';
import { programs } from './programs.ts';
import { requireReady } from './require-ready.ts';

export interface ServiceSettings extends AppEnvSettings {
  readonly caddy: string;
  readonly root: string;
  readonly morePorts: MorePorts;
  readonly explorerPort: number | undefined;
  readonly observe: (event: StackEvent) => void;
  readonly overrides: Pick<StackOptions, 'programs' | 'appEnv' | 'signal'>;
}

export interface Services {
  readonly startAll: () => Promise<void>;
  readonly stop: (name?: ServiceName, signal?: NodeJS.Signals) => Promise<void>;
  readonly restart: (name: ServiceName, env?: Environment) => Promise<void>;
  readonly signal: (name: ServiceName, signal: NodeJS.Signals) => void;
  readonly isRunning: (name: ServiceName) => boolean;
}

type Environment = Readonly<Record<string, string>>;

interface RunningServices {
  readonly settings: ServiceSettings;
  readonly children: Set<Child>;
  /** What restarts added to a service's environment. */
  readonly added: Map<ServiceName, Environment>;
  readonly watchdog: Watchdog;
  /** Set once everything is to end, so that no further process is started. */
  readonly state: { closing: boolean };
}

/** The processes of one stack. */
export function createServices(settings: ServiceSettings): Services {
  const services: RunningServices = {
    settings,
    children: new Set(),
    added: new Map(),
    watchdog: startWatchdog(),
    state: { closing: false },
  };
  return {
    startAll: () => startAll(services),
    stop: (name, signal) => stop(services, name, signal),
    restart: (name, env) => restart(services, name, env),
    signal: (name, signal) => signalAll(services, name, signal),
    isRunning: (name) => childrenOf(services, name).length > 0,
  };
}

async function startAll(services: RunningServices): Promise<void> {
  const { signal } = services.settings.overrides;
  try {
    signal?.throwIfAborted();
    await Promise.race([startInOrder(services), ...(signal ? [rejectOn(signal)] : [])]);
  } catch (error) {
    await stop(services);
    throw error;
  }
}

/** Caddy first: the apps trust the root certificate that it writes. */
async function startInOrder(services: RunningServices): Promise<void> {
  await start(services, 'caddy');
  const tools = services.settings.explorerPort === undefined ? [] : (['explorer'] as const);
  await Promise.all([...appList.map(({ name }) => name), ...tools].map((name) => start(services, name)));
}

async function rejectOn(signal: AbortSignal): Promise<never> {
  await once(signal, 'abort');
  throw signal.reason;
}

/** All processes of a service. */
async function start(services: RunningServices, name: ServiceName): Promise<void> {
  const began = Date.now();
  await Promise.all(portsOf(name, services.settings).map((port) => startProcess(services, name, port)));
  services.settings.observe({ type: 'service.ready', name, milliseconds: Date.now() - began });
}

function portsOf(name: ServiceName, settings: ServiceSettings): readonly number[] {
  const { httpsPort, ports, morePorts, explorerPort = 0 } = settings;
  if (name === 'caddy') return [httpsPort];
  return name === 'explorer' ? [explorerPort] : [ports[name], ...(morePorts[name] ?? [])];
}

async function startProcess(services: RunningServices, name: ServiceName, port: number): Promise<void> {
  const { settings, children, added } = services;
  const program = await programOf(name, port, { settings, added: added.get(name) ?? {} });
  if (services.state.closing) throw new Failure('The stack is ending', 'start it again');
  const state = { ready: false };
  const child = startChild(name, program, {
    log: settings.folder.files.logs[name],
    onLine: (line) => settings.observe({ type: 'service.line', name, line }),
    onEnd: (ending) => {
      children.delete(child);
      guard(services);
      if (state.ready && !ending.asked) settings.observe({ type: 'service.died', name, ending });
    },
  });
  children.add(child);
  guard(services);
  await requireReady(name, port, { ...settings, child });
  state.ready = true;
}

function childrenOf({ children }: RunningServices, name?: ServiceName): readonly Child[] {
  return [...children].filter((child) => name === undefined || child.name === name);
}

function signalAll(services: RunningServices, name: ServiceName, signal: NodeJS.Signals): void {
  for (const { pid } of childrenOf(services, name)) if (pid !== undefined) signalGroup(pid, signal);
}

function guard({ children, watchdog }: RunningServices): void {
  watchdog.guard([...children].flatMap(({ pid }) => pid ?? []));
}

async function stop(services: RunningServices, name?: ServiceName, signal?: NodeJS.Signals): Promise<void> {
  if (name === undefined) services.state.closing = true;
  await Promise.all(childrenOf(services, name).map((child) => child.stop(signal)));
  if (name === undefined) services.watchdog.stop();
}

async function restart(services: RunningServices, name: ServiceName, env: Environment = {}): Promise<void> {
  await stop(services, name);
  services.added.set(name, { ...services.added.get(name), ...env });
  await start(services, name);
}

interface ProgramContext {
  readonly settings: ServiceSettings;
  /** What a restart brought. */
  readonly added: Environment;
}

/** The program with its whole environment. */
async function programOf(
  name: ServiceName,
  port: number,
  { settings, added }: ProgramContext,
): Promise<Program> {
  const { caddy, root, mode, folder, overrides } = settings;
  if (name === 'caddy') {
    const { caddyStorage: storage, directory: home, files } = folder;
    return caddyProgram(caddy, { ...settings, storage, accessLog: files.accessLog, home });
  }
  if (name === 'explorer') return explorerProgram(port, settings);
  const env = { ...appEnv(name, settings), PORT: String(port), ...overrides.appEnv?.[name], ...added };
  return (overrides.programs?.[name] ?? programs[name])({ mode, root, port, env });
}
