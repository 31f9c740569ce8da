import { spawnSync } from 'node:child_process';
import { findCommand, findProcess } from './proc.ts';

/**
 * The processes that stand between the person's shell and this one: npx, pnpm and their shells. npx that is ended by
 * a signal leaves pnpm and its script running, so a command that must not outlive it looks at them.
 */
export function findLaunchers(pid: number = process.pid): readonly number[] {
  if (process.platform === 'win32') return [];
  const chain = ancestorsOf(pid);
  const last = chain.findLastIndex(({ command }) =>
    /(^|[/\s])(npx|npm|pnpm|corepack)(\s|$|\.)/.test(command),
  );
  return chain.slice(0, last + 1).map((ancestor) => ancestor.pid);
}

/** Calls back once when one of them has ended. @returns a function that ends the watch */
export function watchLaunchers(launchers: readonly number[], gone: () => void): () => void {
  if (launchers.length === 0) return () => {};
  const timer = setInterval(() => {
    if (launchers.every(isAlive)) return;
    clearInterval(timer);
    gone();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

interface Ancestor {
  readonly pid: number;
  readonly command: string;
}

function ancestorsOf(pid: number, depth = 12): Ancestor[] {
  const parent = parentOf(pid);
  if (parent === undefined || parent <= 1 || depth === 0) return [];
  return [{ pid: parent, command: commandOf(parent) }, ...ancestorsOf(parent, depth - 1)];
}

function parentOf(pid: number): number | undefined {
  return findProcess(pid)?.parent ?? (Number(ps(pid, 'ppid=')) || undefined);
}

function commandOf(pid: number): string {
  return findCommand(pid) ?? ps(pid, 'command=') ?? '';
}

function ps(pid: number, column: string): string | undefined {
  const { stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
