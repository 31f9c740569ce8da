import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { isRunning } from './is-running.ts';
import { runningInGroup } from './proc.ts';

/**
 * Signals a process and everything it started. A child that was spawned `detached` leads a group of its own, whose
 * number is its pid.
 *
 * @returns whether there was anyone left to signal
 */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (process.platform === 'win32') return signalTree(pid, signal);
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Windows has no process groups and no SIGTERM, so the whole process tree is killed. */
function signalTree(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (signal === 0) return isRunning(pid);
  return spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']).status === 0;
}

/** Ends a group: `signal`, then SIGKILL for whoever is still there after `graceSeconds`. */
export async function endGroup(pid: number, signal: NodeJS.Signals, graceSeconds: number): Promise<void> {
  signalGroup(pid, signal);
  if (process.platform !== 'win32') signalGroup(pid, 'SIGCONT'); // one that was stopped can't act on it otherwise
  const deadline = Date.now() + graceSeconds * 1000;
  // There is no event for the end of a group's last process.
  while (isGroupRunning(pid) && Date.now() < deadline) await delay(20);
  signalGroup(pid, 'SIGKILL');
}

/** Zombies don't count: they stay in their group in a container whose first process doesn't reap them. */
export function isGroupRunning(pid: number): boolean {
  if (!signalGroup(pid, 0)) return false;
  return process.platform !== 'linux' || runningInGroup(pid).length > 0;
}
