import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { endGroup } from './group.ts';
import { createTail, type Tail } from './tail.ts';

const TAIL_LINES = 20;

/** What to start. The environment is complete: nothing is inherited beside it. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

export interface ChildOptions {
  /** Called with each line of stdout and stderr. */
  readonly onLine?: (line: string) => void;
  /** Called once when it has ended. */
  readonly onEnd?: (ending: Ending) => void;
  /** File that gets every line, mode 0600. */
  readonly log: string;
  /** How long it may take to end before SIGKILL. Default: 5. */
  readonly graceSeconds?: number;
}

export interface Ending {
  readonly name: string;
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  /** Whether `stop` was called: false means that it died by itself. */
  readonly asked: boolean;
  /** Its last lines. */
  readonly tail: readonly string[];
}

export interface Child {
  readonly name: string;
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  /** Settles when it has ended, for whatever reason; never rejects. */
  readonly ended: Promise<Ending>;
  readonly tail: () => readonly string[];
  /** Ends it and everything it started. Default signal: SIGTERM. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Starts a program in a process group of its own, so that its own children end with it. */
export function startChild(name: string, program: Program, options: ChildOptions): Child {
  const { command, args, cwd, env } = program;
  const { log, graceSeconds = 5 } = options;
  const state = { asked: false, tail: createTail(TAIL_LINES) };
  const child = spawn(command, args, {
    cwd,
    env,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const take = lineTaker(state.tail, createWriteStream(log, { flags: 'a', mode: 0o600 }), options);
  for (const input of [child.stdout, child.stderr])
    createInterface({ input, crlfDelay: Infinity }).on('line', take);
  child.once('error', (error) => take(error.message));
  const ended = endOf(child).then(({ code, signal }) => {
    const ending = { name, code, signal, asked: state.asked, tail: state.tail.lines() };
    options.onEnd?.(ending);
    return ending;
  });
  return {
    name,
    pid: child.pid,
    ended,
    tail: state.tail.lines,
    async stop(signal = 'SIGTERM') {
      state.asked = true;
      if (child.pid !== undefined) await endGroup(child.pid, signal, graceSeconds);
      await ended;
    },
  };
}

function lineTaker(tail: Tail, file: WriteStream, { onLine }: ChildOptions): (line: string) => void {
  file.on('error', () => {}); // a full disk loses the log and not the stack
  return (line) => {
    tail.push(line);
    file.write(`${line}\n`);
    onLine?.(line);
  };
}

function endOf(child: ChildProcess): Promise<Pick<Ending, 'code' | 'signal'>> {
  return new Promise((resolve) => {
    child.once('error', () => {
      if (child.pid === undefined) resolve({ code: undefined, signal: undefined });
    });
    // 'exit' and not 'close', since a grandchild may hold the pipes for longer; last words come with a later turn.
    child.once('exit', (code, signal) =>
      setImmediate(() => resolve({ code: code ?? undefined, signal: signal ?? undefined })),
    );
  });
}
