import { spawn } from 'node:child_process';

/** Looks after process groups in case this process is killed before it can end them itself. */
export interface Watchdog {
  /** The groups that are there now, by the pid of their leaders. */
  readonly guard: (groups: readonly number[]) => void;
  /** Stands down: the groups are left alone from here on. */
  readonly stop: () => void;
}

// The pipe closes when this process ends, however it ends; a shell is the lightest thing that can wait for that.
const script = `
groups=
while read -r line; do groups=$line; done
for group in $groups; do kill -s TERM -- "-$group" 2>/dev/null; done
[ -n "$groups" ] && sleep 3
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/** Windows has no watchdog: processes end by `stop` only. */
export function startWatchdog(): Watchdog {
  if (process.platform === 'win32') return { guard: () => {}, stop: () => {} };
  const shell = spawn('/bin/sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => {}); // without a shell there is no watchdog; `stop` still works
  shell.stdin.on('error', () => {});
  shell.unref();
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref();
  return {
    guard: (groups) => void shell.stdin.write(`${groups.join(' ')}\n`),
    stop: () => void shell.stdin.end('\n'),
  };
}
