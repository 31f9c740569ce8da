import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A command of the local environment that runs. */
export interface RunningCommand {
  readonly pid: number;
  /** Everything it has printed so far. */
  readonly printed: () => string;
  /** Presses Ctrl-C, or only waits for the end. @returns its exit code */
  readonly end: (signal?: 'SIGINT') => Promise<unknown>;
}

interface CommandSettings {
  /** The Node that runs it. */
  readonly node: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export function startCommand(args: readonly string[], { node, cwd, env }: CommandSettings): RunningCommand {
  const child = spawn(node, ['dev/command.mjs', ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const state = { text: '' };
  for (const output of [child.stdout, child.stderr])
    output.setEncoding('utf8').on('data', (chunk: string) => (state.text += chunk));
  const ended = once(child, 'close');
  return {
    pid: child.pid ?? 0,
    printed: () => state.text,
    async end(signal) {
      if (signal) child.kill(signal);
      const [code]: unknown[] = await ended;
      return code;
    },
  };
}

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  settings: CommandSettings,
): Promise<{ readonly code: unknown; readonly printed: string }> {
  const command = startCommand(args, settings);
  const code = await command.end();
  return { code, printed: command.printed() };
}
