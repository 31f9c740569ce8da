import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { basename } from 'node:path';
import { findCommand } from '../process/proc.ts';
import { Failure } from '../terminal/failure.ts';
import { run } from './run.ts';

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

/** @throws Failure that names who holds the port, where the system tells */
export async function requireFreePort(port: number, fix: string): Promise<void> {
  if ((await portState(port)) !== 'taken') return;
  const holder = await findPortHolder(port);
  throw new Failure(`Port ${port} is taken${holder === undefined ? '' : ` by ${holder}`}`, fix);
}

/** Whether `::1` can be listened on: some containers have no IPv6. */
export async function hasIpv6(): Promise<boolean> {
  return listen(0, '::1').then(closed, () => false);
}

/** As many different free ports as asked for; nothing holds them until they are used. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0, '127.0.0.1')));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(closed));
  return ports;
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

/** 'node (pid 4711)', by lsof or ss where they are installed. */
export async function findPortHolder(port: number): Promise<string | undefined> {
  const lsof = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeoutSeconds: 5 });
  const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(lsof.stdout) ?? [];
  // lsof knows the name of the main thread only, which Node calls MainThread.
  if (pid !== undefined) return `${programName(Number(pid)) ?? name} (pid ${pid})`;
  const ss = await run('ss', ['-ltnpH', `sport = :${port}`], { timeoutSeconds: 5 });
  const [, holder, holderPid] = /\("([^"]+)",pid=(\d+)/.exec(ss.stdout) ?? [];
  return holder === undefined ? undefined : `${holder} (pid ${holderPid})`;
}

function programName(pid: number): string | undefined {
  const [program = ''] = findCommand(pid)?.split(' ') ?? [];
  return basename(program) || undefined;
}
