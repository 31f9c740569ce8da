import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
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

/** Windows knows neither groups nor a polite signal: the tree is ended. */
function signalTree(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (signal === 0) {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }
  return spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']).status === 0;
}

/** Ends a group: `signal`, then SIGKILL for whoever is still there after `graceSeconds`. */
export async function endGroup(pid: number, signal: NodeJS.Signals, graceSeconds: number): Promise<void> {
  signalGroup(pid, signal);
  if (process.platform !== 'win32') signalGroup(pid, 'SIGCONT'); // one that was stopped can't act on it otherwise
  const deadline = Date.now() + graceSeconds * 1000;
  // A group tells nobody when its last process ends.
  while (isGroupRunning(pid) && Date.now() < deadline) await delay(20);
  signalGroup(pid, 'SIGKILL');
}

/** In a container whose first process reaps nobody, the dead stay in their group: they don't count. */
export function isGroupRunning(pid: number): boolean {
  if (!signalGroup(pid, 0)) return false;
  return process.platform !== 'linux' || runningInGroup(pid).length > 0;
}
