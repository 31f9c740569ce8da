import { type Ask, findAsk } from '../terminal/ask.ts';
import { Failure } from '../terminal/failure.ts';
import { findInstallation, type Tool } from './packages.ts';
import { isRoot, shellLine } from './privileges.ts';
import { run } from './run.ts';

export interface RequireToolOptions {
  readonly tool: Tool;
  /** How a person calls it: 'Caddy'. */
  readonly title: string;
  /** Where to read on when no package manager has it. */
  readonly homepage: string;
  readonly find: () => string | undefined;
  readonly env?: NodeJS.ProcessEnv;
  /** How to ask a person; undefined without a terminal. Default: the terminal's. */
  readonly ask?: Ask | undefined;
  readonly say?: (text: string) => void;
  /** Runs the installation; tests put their own. */
  readonly execute?: (command: readonly string[]) => Promise<boolean>;
}

/**
 * Gives the program's path and installs it first where that is allowed: a person said yes, or there is no
 * terminal and this is root or CI. The command is always shown before it runs.
 * @throws Failure with the one command to type
 */
export async function requireTool(options: RequireToolOptions): Promise<string> {
  const found = options.find();
  if (found !== undefined) return found;
  const commands = findInstallation(options.tool, options.env);
  if (!commands) {
    throw new Failure(
      `${options.title} is not installed`,
      `install it from ${options.homepage} and start again`,
    );
  }
  const line = shellLine(commands);
  if (!(await mayInstall(options, line))) {
    throw new Failure(`${options.title} is not installed`, `type ${line} and start again`);
  }
  await install(options, commands);
  const installed = options.find();
  if (installed !== undefined) return installed;
  throw new Failure(
    `${options.title} is still not on PATH after ${line}`,
    `install it from ${options.homepage}`,
  );
}

async function mayInstall(options: RequireToolOptions, line: string): Promise<boolean> {
  const { env = process.env, say = printLine } = options;
  const ask = 'ask' in options ? options.ask : findAsk();
  if (ask && env['CI'] !== 'true') return ask(`${options.title} is not installed. Run ${line} now?`);
  if (!isRoot() && env['CI'] !== 'true') return false;
  say(`${options.title} is not installed; running ${line}`);
  return true;
}

async function install(options: RequireToolOptions, commands: readonly (readonly string[])[]): Promise<void> {
  const { execute = executeInTerminal } = options;
  for (const command of commands) {
    // One after the other: an installation needs the package lists of the command before it.
    if (await execute(command)) continue;
    throw new Failure(
      `${shellLine([command])} failed`,
      `run it by hand, or install ${options.title} from ${options.homepage}`,
    );
  }
}

async function executeInTerminal([program = '', ...args]: readonly string[]): Promise<boolean> {
  return (await run(program, args, { terminal: 'inherit' })).code === 0;
}

function printLine(text: string): void {
  process.stderr.write(`${text}\n`);
}
