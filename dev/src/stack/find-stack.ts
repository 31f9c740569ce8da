import { dirname } from 'node:path';
import { caddyfileOf } from '../caddy/start-caddy.ts';
import { findPortHolder } from '../system/port-holder.ts';
import { developmentFolder } from './folder.ts';
import { findRunningStack, type RunningStack } from './running.ts';

/** The development stack of any clone whose Caddy listens on this port. */
export async function findStackOnPort(port: number): Promise<RunningStack | undefined> {
  const holder = await findPortHolder(port);
  const caddyfile = holder?.pid === undefined ? undefined : caddyfileOf(holder.pid);
  return caddyfile === undefined ? undefined : findRunningStack(developmentFolder(dirname(caddyfile)));
}
