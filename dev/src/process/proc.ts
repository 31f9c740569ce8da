import { readdirSync, readFileSync } from 'node:fs';

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

export function findCommand(pid: number): string | undefined {
  return readProc(pid, 'cmdline')?.replaceAll('\0', ' ');
}

/** Members of a process group that still run; a zombie only waits for somebody to ask how it ended. */
export function runningInGroup(group: number): readonly ProcessFacts[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => findProcess(Number(name)))
    .filter((facts) => facts !== undefined)
    .filter((facts) => facts.group === group && facts.state !== 'Z' && facts.state !== 'X');
}

function readProc(pid: number, file: 'stat' | 'cmdline'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
