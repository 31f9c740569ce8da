import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** A provider under test, a process of its own. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  readonly paths: Paths;
  /** A browser that is signed in: its `Cookie`. */
  signIn(): Promise<string>;
  /** Processor time since its start, user and system, in milliseconds. */
  cpu(): number;
  /** Resident memory, MiB. */
  memory(): number;
  /** From its start until it listens. */
  readonly startMilliseconds: number;
  stop(): Promise<void>;
}

export interface Paths {
  readonly authorize: string;
  readonly token: string;
  readonly userinfo: string;
  readonly introspect: string;
  readonly jwks: string;
}

export const PATHS: Paths = {
  authorize: '/authorize',
  token: '/token',
  userinfo: '/userinfo',
  introspect: '/introspect',
  jwks: '/jwks',
};

/** What the system says of a process, and how it is stopped. */
export function processFigures(child: ChildProcess): Pick<Contender, 'cpu' | 'memory' | 'stop'> {
  const read = (name: string) => readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
  return {
    cpu() {
      // The name, in brackets, may hold blanks; what follows counts from field 3 (proc_pid_stat(5)).
      const fields = read('stat').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * MILLISECONDS_PER_TICK;
    },
    memory: () => Number(/^VmRSS:\s+(\d+) kB$/m.exec(read('status'))?.[1] ?? 0) / 1024,
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** USER_HZ is 100 on every Linux that Node runs on. */
const MILLISECONDS_PER_TICK = 10;
