import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Failure } from '../terminal/failure.ts';
import { describeHolder, findPortHolder, howToName } from './port-holder.ts';

/** What keeps a port from being used. 'forbidden': this process lacks the rights, another program may have them. */
export type PortState = 'free' | 'taken' | 'forbidden';

/** Tries a port on the IPv4 and, where there is one, the IPv6 loopback address. */
export async function portState(port: number): Promise<PortState> {
  const states = await Promise.all(['127.0.0.1', '::1'].map((host) => addressState(port, host)));
  return states.find((state) => state !== 'free') ?? 'free';
}

async function addressState(port: number, host: string): Promise<PortState> {
  try {
    await closed(await listen(port, host));
    return 'free';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') return 'taken';
    return code === 'EACCES' ? 'forbidden' : 'free'; // EADDRNOTAVAIL: this machine has no such address
  }
}

/** The failure that says who holds the port, and where that is hidden from this user, how to find out. */
export async function portTaken(port: number, fix: string): Promise<Failure> {
  const holder = await findPortHolder(port);
  const command = howToName(port, holder);
  return new Failure(
    `Port ${port} is taken by ${describeHolder(holder)}`,
    command === undefined ? fix : `${fix} (type ${command} to see which it is)`,
  );
}

/** Whether `::1` can be listened on: some containers have no IPv6. */
export async function hasIpv6(): Promise<boolean> {
  return listen(0, '::1').then(closed, () => false);
}

/**
 * As many different free ports as asked for; nothing holds them until they are used.
 *
 * @param except a port that somebody else will use and nobody holds yet
 */
export async function freePorts(count: number, except?: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count + 1 }, () => listen(0, '127.0.0.1')));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(closed));
  return ports.filter((port) => port !== except).slice(0, count);
}

async function listen(port: number, host: string): Promise<Server> {
  const server = createServer();
  server.listen({ port, host, exclusive: true });
  await once(server, 'listening');
  return server;
}

async function closed(server: Server): Promise<boolean> {
  server.close();
  await once(server, 'close');
  return true;
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return address.port;
}
