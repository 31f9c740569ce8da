import { once } from 'node:events';
import { type AppName, appList, originsOn } from '@sso/domains';
import { caddyFailure, caddyProgram } from '../caddy/start-caddy.ts';
import { type Child, type Program, startChild } from '../process/child.ts';
import { startWatchdog, type Watchdog } from '../process/watchdog.ts';
import { Failure } from '../terminal/failure.ts';
import { appEnv, type AppEnvSettings } from './app-env.ts';
import { describeEnding, type EstateEvent, type MemberName } from './events.ts';
import type { EstateOptions } from './options.ts';
import { gaveUp, programs } from './programs.ts';
import { answers, type PublicAddress, publicStatus, servesTls, type Unready, waitUntil } from './ready.ts';

export interface MemberSettings extends AppEnvSettings {
  readonly caddy: string;
  readonly root: string;
  readonly observe: (event: EstateEvent) => void;
  readonly overrides: Pick<EstateOptions, 'programs' | 'appEnv' | 'signal'>;
}

export interface Members {
  readonly startAll: () => Promise<void>;
  readonly stop: (name?: MemberName, signal?: NodeJS.Signals) => Promise<void>;
  readonly restart: (name: MemberName, env?: Environment) => Promise<void>;
  readonly isRunning: (name: MemberName) => boolean;
}

type Environment = Readonly<Record<string, string>>;

interface Household {
  readonly settings: MemberSettings;
  readonly running: Map<MemberName, Child>;
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
    running: new Map(),
    added: new Map(),
    watchdog: startWatchdog(),
    state: { closing: false },
  };
  return {
    startAll: () => startAll(household),
    stop: (name, signal) => stop(household, name, signal),
    restart: (name, env) => restart(household, name, env),
    isRunning: (name) => household.running.has(name),
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

async function start(household: Household, name: MemberName): Promise<void> {
  const { settings, running, added } = household;
  const began = Date.now();
  const program = await programOf(name, settings, added.get(name) ?? {});
  if (household.state.closing) throw new Failure('The estate is ending', 'start it again');
  const state = { ready: false };
  const child = startChild(name, program, {
    log: settings.folder.files.logs[name],
    onLine: (line) => settings.observe({ type: 'member.line', name, line }),
    onEnd: (ending) => {
      running.delete(name);
      guard(household);
      if (state.ready && !ending.asked) settings.observe({ type: 'member.died', name, ending });
    },
  });
  running.set(name, child);
  guard(household);
  await requireReady(name, child, settings);
  state.ready = true;
  settings.observe({ type: 'member.ready', name, milliseconds: Date.now() - began });
}

function guard({ running, watchdog }: Household): void {
  watchdog.guard([...running.values()].flatMap(({ pid }) => pid ?? []));
}

async function stop(
  { running, watchdog }: Household,
  name?: MemberName,
  signal?: NodeJS.Signals,
): Promise<void> {
  const leaving = [...running].filter(([member]) => name === undefined || member === name);
  await Promise.all(leaving.map(([, child]) => child.stop(signal)));
  if (name === undefined) watchdog.stop();
}

async function restart(household: Household, name: MemberName, env: Environment = {}): Promise<void> {
  await stop(household, name);
  household.added.set(name, { ...household.added.get(name), ...env });
  await start(household, name);
}

/** The program with its whole environment; `added` is what a restart brought. */
async function programOf(name: MemberName, settings: MemberSettings, added: Environment): Promise<Program> {
  const { caddy, root, mode, httpsPort, ports, folder, overrides } = settings;
  if (name === 'caddy') {
    const { caddyStorage: storage, directory: home, files } = folder;
    return caddyProgram(caddy, { httpsPort, ports, storage, accessLog: files.accessLog, home });
  }
  const env = { ...appEnv(name, settings), ...overrides.appEnv?.[name], ...added };
  return (overrides.programs?.[name] ?? programs[name])({ mode, root, port: ports[name], env });
}

/** @throws Failure when it ends or stays silent */
async function requireReady(name: MemberName, child: Child, settings: MemberSettings): Promise<void> {
  const hasFailed = (): boolean => child.tail().some((line) => gaveUp.test(line));
  const timeoutSeconds = settings.mode === 'development' ? 120 : 60;
  for (const probe of probesOf(name, settings)) {
    // oxlint-disable-next-line no-await-in-loop -- in this order: the proxy would hide what the app says
    const unready = await waitUntil(probe, { child, timeoutSeconds, hasFailed });
    if (unready)
      throw name === 'caddy' ? caddyFailure(child, settings.httpsPort) : appFailure(name, child, unready);
  }
}

function probesOf(
  name: MemberName,
  { httpsPort, ports, folder }: MemberSettings,
): readonly (() => Promise<boolean>)[] {
  const origins = originsOn(httpsPort);
  const addressOf = (app: AppName): PublicAddress => ({
    origin: origins[app],
    rootCertificate: folder.rootCertificate,
  });
  if (name === 'caddy') return appList.map((app) => () => servesTls(addressOf(app.name)));
  return [() => answers(ports[name]), async () => (await publicStatus(addressOf(name), '/healthz')) === 200];
}

function appFailure(name: AppName, child: Child, unready: Unready): Failure {
  const what = unready.reason === 'ended' ? describeEnding(unready.ending) : `${name} does not answer`;
  return new Failure(`${what} while starting`, 'mend what its last lines above say and start again', {
    details: child.tail(),
  });
}
