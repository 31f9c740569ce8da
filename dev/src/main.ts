import { setTimeout as delay } from 'node:timers/promises';
import { type App, appList } from '@sso/domains';
import type { Stack } from './stack/stack.ts';
import { describeEnding, type StackEvent } from './stack/events.ts';
import { publicStatus } from './stack/probes.ts';
import { startStack } from './stack/start-stack.ts';
import type { Ending } from './process/child.ts';
import { listenForShutdown, type ShutdownRequest } from './process/shutdown-request.ts';
import { bannerOf, firstPageFailed } from './display/banner.ts';
import { Failure } from './terminal/failure.ts';
import { readHttpsPort } from './stack/https-port.ts';
import { type CommandContext, runCommand } from './terminal/run-command.ts';
import { createScreen } from './display/screen.ts';
import { findRoot } from './trust/root.ts';
import { findStores, readTrust } from './trust/find-stores.ts';

const help = `
pnpm dev: starts the identity provider, both sites and the explorer behind Caddy and shows their addresses.

Everything listens on loopback addresses only and keeps its data in .local/dev. Ctrl-C ends all of it.

  HTTPS_PORT   the port of every address (default 8443; 443 works where Caddy may use it)
  CADDY_BIN    Caddy's path (default: the one on PATH)
  NO_COLOR     no colours

  pnpm trust   lets browsers trust the local certificate
  pnpm checkup finds out what is wrong when something is
`;

async function run(context: CommandContext): Promise<number> {
  context.print(`Starting the sites on HTTPS port ${readHttpsPort(context.env)}\n`);
  const end = listenForShutdown();
  try {
    await runUntilEnd(context, end);
  } catch (error) {
    if (!end.signal.aborted || error !== end.signal.reason) throw error;
  } finally {
    end.stop();
  }
  if (!end.isOrphaned()) return 0;
  context.print('The npx or pnpm that started this has ended, so everything ended');
  return 1;
}

/** Returns when somebody wants the end. @throws Failure when a service dies */
async function runUntilEnd(context: CommandContext, end: ShutdownRequest): Promise<void> {
  const { env, paint, print } = context;
  const died = Promise.withResolvers<Ending>();
  const show = createScreen(context);
  const observe = (event: StackEvent): void => {
    show(event);
    if (event.type !== 'service.died') return;
    // The sites go on without the explorer.
    if (event.name === 'explorer') context.print(context.paint('red', describeEnding(event.ending)));
    else died.resolve(event.ending);
  };
  const stack = await startStack({ mode: 'development', explorer: true, env, observe, signal: end.signal });
  // Node 22 knows no `await using`.
  try {
    end.onRepeat(() => void stack.stop(undefined, 'SIGKILL'));
    const root = findRoot(stack.rootCertificate);
    print(bannerOf(stack, await readTrust(findStores(env).stores, root), paint));
    void warmUp(stack, end.signal, context);
    const ending = await Promise.race([end.requested, died.promise]);
    if (ending) throw deathOf(ending);
    print('\nEnding everything …');
  } finally {
    await stack.stop();
  }
}

function deathOf(ending: Ending): Failure {
  const { tail: details } = ending;
  return new Failure(`${describeEnding(ending)}, so everything ended`, 'mend what its last lines above say', {
    details,
  });
}

/**
 * Asks for each first page once, so that it is compiled by the time a person opens it, and says which one fails: an app
 * that can't use its data is healthy until somebody asks for some.
 */
async function warmUp(stack: Stack, ending: AbortSignal, { paint, print }: CommandContext): Promise<void> {
  const { origins, rootCertificate, files } = stack;
  await delay(100);
  const visit = async ({ name, title }: App): Promise<void> => {
    const status = await publicStatus({ origin: origins[name], rootCertificate }, '/');
    // Any other status of the kind is Caddy's own.
    if (status !== 500 || ending.aborted) return;
    print(paint('red', firstPageFailed(title, files.databases[name])));
  };
  await Promise.all(appList.map(visit));
}

await runCommand({ help, run });
