import { isRunning } from './is-running.ts';
import { askPs, findCommand, findProcess } from './proc.ts';

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
    if (launchers.every(isRunning)) return;
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
  return [{ pid: parent, command: findCommand(parent) ?? '' }, ...ancestorsOf(parent, depth - 1)];
}

function parentOf(pid: number): number | undefined {
  return findProcess(pid)?.parent ?? (Number(askPs(pid, 'ppid=')) || undefined);
}
