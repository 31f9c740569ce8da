import { fileURLToPath } from 'node:url';
import { explorerOrigin, originsOn, relyingParties } from '@sso/domains';
import { spkiHash } from '../caddy/certificate.ts';
import { requireCaddy } from '../caddy/find-caddy.ts';
import { intermediateCertificateIn } from '../caddy/storage.ts';
import { describeFailure } from '../terminal/run-command.ts';
import { createPaint, wantsColour } from '../terminal/paint.ts';
import { Failure } from '../terminal/failure.ts';
import { choosePorts } from './choose-ports.ts';
import { requireSoundDatabase } from './require-database.ts';
import type { Stack } from './stack.ts';
import { describeEnding, type StackEvent } from './events.ts';
import { developmentFolder, hasBuild, openFolder } from './folder.ts';
import { hasExplorer } from './explorer.ts';
import { createServices } from './services.ts';
import { readHttpsPort } from './https-port.ts';
import type { StackOptions } from './options.ts';
import { claimFolder } from './running.ts';
import { writeData } from './write-data.ts';

/**
 * Starts Caddy and all apps on loopback addresses and resolves when each of them answers.
 *
 * Several stacks run side by side: in production mode every port, folder, secret and certificate authority is the
 * stack's own; in development each clone has a folder that serves one stack at a time.
 *
 * @throws Failure with the one thing to do; every process that was started has ended by then.
 * @example
 * ```ts
 * await using stack = await startStack({ mode: 'production' });
 * await fetch(stack.origins.shop);
 * ```
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const settings = settingsOf(options);
  requireBuilds(settings);
  const release = claimOwnFolder(settings);
  try {
    const stack = await startClaimed(settings);
    const stop: Stack['stop'] = async (name, signal) => {
      await stack.stop(name, signal);
      if (name === undefined) release();
    };
    return { ...stack, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    release();
    throw error;
  }
}

/** The options with what is left out filled in. */
interface StackSettings extends StackOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly root: string;
  readonly name: string;
  readonly observe: (event: StackEvent) => void;
}

function settingsOf(options: StackOptions): StackSettings {
  const name = options.mode === 'production' ? 'e2e' : 'dev';
  const { root = defaultRoot, explorer = false } = options;
  const own = { root, explorer: explorer && hasExplorer(root) };
  return { env: process.env, name, observe: reportDeaths, ...options, ...own };
}

/** In production mode each run has a folder of its own, which nobody else can claim. */
function claimOwnFolder({ mode, root, name, httpsPort, env }: StackSettings): () => unknown {
  if (mode === 'production') return () => {};
  return claimFolder(developmentFolder(root, name), httpsPort ?? readHttpsPort(env));
}

async function startClaimed(settings: StackSettings): Promise<Omit<Stack, typeof Symbol.asyncDispose>> {
  const { mode, env, root, name, observe } = settings;
  const caddy = await requireCaddy({ env });
  const { httpsPort, ports, morePorts, explorerPort } = await choosePorts(settings, env);
  const folder = openFolder({ root, name, mode, env });
  Object.values(folder.files.databases).forEach(requireSoundDatabase);
  const data = writeData(folder.files, {
    httpsPort,
    clients: settings.clients ?? [],
    people: settings.people ?? [],
  });
  const colour = mode === 'development' && wantsColour(env, process.stdout);
  const services = createServices({
    mode,
    root,
    caddy,
    observe,
    httpsPort,
    ports,
    morePorts,
    explorerPort,
    folder,
    colour,
    eventDetails: settings.eventDetails ?? mode === 'development',
    secrets: data.secrets,
    inherited: env,
    overrides: settings,
  });
  await services.startAll();
  return {
    mode,
    httpsPort,
    ports,
    origins: originsOn(httpsPort),
    explorer: explorerPort === undefined ? undefined : explorerOrigin(httpsPort),
    people: data.people,
    directory: folder.directory,
    files: folder.files,
    rootCertificate: folder.rootCertificate,
    spki: () => spkiHash(intermediateCertificateIn(folder.caddyStorage)),
    isRunning: services.isRunning,
    stop: services.stop,
    signal: services.signal,
    restart: services.restart,
  };
}

const defaultRoot = fileURLToPath(new URL('../../..', import.meta.url));

function requireBuilds({ mode, root, programs = {} }: StackSettings): void {
  if (mode === 'development') return;
  const names = ['idp', ...relyingParties.map(({ name }) => name)] as const;
  const missing = names.find((name) => !programs[name] && !hasBuild(root, name));
  if (missing) throw new Failure(`apps/${missing} is not built`, 'type npx -y pnpm@12 build');
}

function reportDeaths(event: StackEvent): void {
  if (event.type !== 'service.died') return;
  const failure = new Failure(describeEnding(event.ending), 'see its last lines above', {
    details: event.ending.tail,
  });
  process.stderr.write(
    `${describeFailure(failure, createPaint(wantsColour(process.env, process.stderr)))}\n`,
  );
}
