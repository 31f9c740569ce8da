import { setTimeout as delay } from 'node:timers/promises';
import { appList } from '@sso/domains';
import type { Estate } from './estate/estate.ts';
import { describeEnding, type EstateEvent } from './estate/events.ts';
import { publicStatus } from './estate/ready.ts';
import { startEstate } from './estate/start-estate.ts';
import type { Ending } from './process/child.ts';
import { listenForEnd } from './process/end-request.ts';
import { bannerOf } from './terminal/banner.ts';
import { Failure } from './terminal/failure.ts';
import { readHttpsPort } from './terminal/https-port.ts';
import { type CommandContext, runCommand } from './terminal/run-command.ts';
import { createScreen } from './terminal/screen.ts';
import { findRoot } from './trust/root.ts';
import { findStores, readTrust } from './trust/stores.ts';

const help = `
pnpm dev: starts the identity provider and both sites behind Caddy and shows their addresses.

Everything listens on loopback addresses only and keeps its data in .local/dev. Ctrl-C ends all of it.

  HTTPS_PORT   the port of every address (default 8443; 443 works where Caddy may use it)
  CADDY_BIN    Caddy's path (default: the one on PATH)
  NO_COLOR     no colours

  pnpm trust   lets browsers trust the local certificate
  pnpm checkup finds out what is wrong when something is
`;

async function run(context: CommandContext): Promise<number> {
  const { env, paint, print } = context;
  const end = listenForEnd();
  const died = Promise.withResolvers<Ending>();
  const show = createScreen(context);
  const observe = (event: EstateEvent): void => {
    show(event);
    if (event.type === 'member.died') died.resolve(event.ending);
  };
  print(`Starting the sites on HTTPS port ${readHttpsPort(env)}\n`);
  try {
    await using estate = await startEstate({ mode: 'development', env, observe, signal: end.signal });
    end.onInsist(() => void estate.stop(undefined, 'SIGKILL'));
    const root = findRoot(estate.rootCertificate);
    print(bannerOf(estate, await readTrust(findStores(env).stores, root), paint));
    void warmUp(estate);
    const ending = await Promise.race([end.requested, died.promise]);
    if (ending) throw deathOf(ending);
    print('\nEnding everything …');
    return 0;
  } catch (error) {
    if (end.signal.aborted && error === end.signal.reason) return 0;
    throw error;
  } finally {
    end.stop();
  }
}

function deathOf(ending: Ending): Failure {
  const { tail: details } = ending;
  return new Failure(`${describeEnding(ending)}, so everything ended`, 'mend what its last lines above say', {
    details,
  });
}

/** Asks for each first page once, so that it is compiled by the time a person opens it. */
async function warmUp({ origins, rootCertificate }: Estate): Promise<void> {
  await delay(100);
  await Promise.all(appList.map(({ name }) => publicStatus({ origin: origins[name], rootCertificate }, '/')));
}

await runCommand({ help, run });
