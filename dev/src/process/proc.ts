import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What Linux tells about a process in /proc/PID/stat. */
export interface ProcessFacts {
  readonly pid: number;
  readonly state: string;
  readonly parent: number;
  readonly group: number;
}

/** @returns undefined when there is no such process, or no /proc */
export function findProcess(pid: number): ProcessFacts | undefined {
  // The name in brackets may hold anything, so what follows the last bracket counts.
  const [state = '', parent, group] = readProc(pid, 'stat')?.split(') ').at(-1)?.split(' ') ?? [];
  return state === '' ? undefined : { pid, state, parent: Number(parent), group: Number(group) };
}

/** The program and its arguments, with blanks between them. */
export function findCommand(pid: number): string | undefined {
  return readProc(pid, 'cmdline')?.replaceAll('\0', ' ') ?? askPs(pid, 'command=');
}

/** One column of ps, for systems without /proc. */
export function askPs(pid: number, column: 'command=' | 'ppid='): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
}

/** Members of a process group that still run; a zombie only waits for somebody to ask how it ended. */
export function runningInGroup(group: number): readonly ProcessFacts[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => findProcess(Number(name)))
    .filter((facts) => facts !== undefined)
    .filter((facts) => facts.group === group && facts.state !== 'Z' && facts.state !== 'X');
}

export interface ListeningSocket {
  readonly uid: number;
  readonly inode: string;
}

/** The socket that listens on a TCP port on any address, by /proc/net/tcp, which every user may read. */
export function listeningSocket(port: number): ListeningSocket | undefined {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const tables = [readProc('net', 'tcp'), readProc('net', 'tcp6')];
  const rows = tables.flatMap((table) => table?.split('\n').slice(1) ?? []);
  for (const row of rows) {
    const [, local = '', , state, , , , uid, , inode = ''] = row.trim().split(/\s+/);
    if (local.endsWith(hex) && state === LISTEN) return { uid: Number(uid), inode };
  }
  return undefined;
}

/** As the kernel numbers the states of TCP. */
const LISTEN = '0A';

/** Who has this socket open, among the processes whose files this user may see. */
export function findSocketOwner(inode: string): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).find((pid) => openFilesOf(pid).includes(`socket:[${inode}]`));
}

function openFilesOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).map((name) => linkAt(`${folder}/${name}`));
  } catch {
    return []; // it has ended, or belongs to somebody else
  }
}

/** A file that was closed meanwhile leads nowhere. */
function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function readProc(folder: number | 'net', file: 'stat' | 'cmdline' | 'tcp' | 'tcp6'): string | undefined {
  try {
    return readFileSync(`/proc/${folder}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
