import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findCommand, findSocketOwner, listeningSocket } from '../process/proc.ts';
import { run } from './run.ts';

/** The program that listens on a port. Systems show it to its own user and to root; others learn the user at most. */
export type PortHolder =
  | { readonly pid: number; readonly program: string }
  | { readonly pid?: never; readonly user: string | undefined };

/** Reads /proc on Linux and asks lsof elsewhere. @returns undefined where nothing is known */
export async function findPortHolder(port: number): Promise<PortHolder | undefined> {
  if (process.platform !== 'linux') return askLsof(port);
  const socket = listeningSocket(port);
  if (!socket) return undefined;
  const pid = findSocketOwner(socket.inode);
  if (pid !== undefined) return { pid, program: programName(pid) ?? 'a program' };
  return { user: socket.uid === process.getuid?.() ? undefined : userName(socket.uid) };
}

/** 'node (pid 4711)', as far as it is known. */
export function describeHolder(holder: PortHolder | undefined): string {
  if (holder?.pid !== undefined) return `${holder.program} (pid ${holder.pid})`;
  return holder?.user === undefined ? 'another program' : `a program of the user ${holder.user}`;
}

/** The command that names the program where this user may not see it; undefined where it is known. */
export function howToName(port: number, holder: PortHolder | undefined): string | undefined {
  if (holder?.pid !== undefined || process.platform === 'win32') return undefined;
  return process.platform === 'linux'
    ? `sudo ss -ltnp 'sport = :${port}'`
    : `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}

async function askLsof(port: number): Promise<PortHolder | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], {
    timeoutSeconds: 5,
  });
  const [, pid, program] = /^p(\d+)\nc(.+)$/m.exec(stdout) ?? [];
  return pid === undefined || program === undefined ? undefined : { pid: Number(pid), program };
}

function programName(pid: number): string | undefined {
  const [program = ''] = findCommand(pid)?.split(' ') ?? [];
  return basename(program) || undefined;
}

/** The user's name in /etc/passwd; a user of a directory service has a number only. */
export function userName(uid: number, passwd = '/etc/passwd'): string {
  const users = readFileSync(passwd, 'utf8').split('\n');
  return users.find((line) => line.split(':')[2] === String(uid))?.split(':')[0] ?? String(uid);
}
