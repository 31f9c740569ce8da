import { spawn } from 'node:child_process';

export interface Outcome {
  /** Exit code; undefined when the program could not be started or was ended by a signal. */
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** 'inherit' lets a person see and answer the program (sudo asks for a password). Default: 'capture'. */
  readonly terminal?: 'capture' | 'inherit';
  readonly timeoutSeconds?: number;
}

/** Runs a program to its end, without a shell. Never throws: a program that is missing has no exit code. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const { env = process.env, cwd, terminal = 'capture', timeoutSeconds = 600 } = options;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      env,
      cwd,
      stdio: terminal === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    // Node's own `timeout` goes on after a program that could not be started, and keeps the process alive.
    const limit = setTimeout(() => child.kill(), timeoutSeconds * 1000);
    const end = (outcome: Outcome): void => {
      clearTimeout(limit);
      resolve(outcome);
    };
    const text = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
    child.once('error', (error) => end({ code: undefined, stdout: '', stderr: error.message }));
    child.once('close', (code) => end({ code: code ?? undefined, ...text }));
  });
}
