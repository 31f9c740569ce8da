import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Lifetimes } from '../lifetimes.ts';

export interface CommandContext {
  readonly databaseUrl: string;
  readonly lifetimes: Lifetimes;
  readonly clock: () => number;
  readonly print: (line: string) => void;
}

export interface CommandArguments {
  readonly positionals: readonly string[];
  /** The values of an option that may repeat. */
  all(name: string): readonly string[];
}

export interface Command {
  /** Noun and verb, such as `users list`. */
  readonly name: string;
  readonly summary: string;
  /** What follows the name. */
  readonly usage: string;
  readonly details: string;
  readonly examples: readonly string[];
  readonly options: ParseArgsOptionsConfig;
  readonly positionals: number;
  run(context: CommandContext, given: CommandArguments): Promise<void>;
}

/** The command line is not one we know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Parsed =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'run'; readonly command: Command; readonly arguments: CommandArguments };

/** @throws UsageError */
export function parseCommand(commands: readonly Command[], words: readonly string[]): Parsed {
  const wantsHelp = words.length === 0 || words.includes('--help') || words.includes('-h');
  const command = commands.find(({ name }) => words.slice(0, 2).join(' ') === name);
  if (!command) {
    if (wantsHelp) return { kind: 'help', text: overview(commands, words[0]) };
    throw new UsageError(`There is no command "${words.slice(0, 2).join(' ')}". See: pnpm idp --help`);
  }
  if (wantsHelp) return { kind: 'help', text: helpOf(command) };
  return { kind: 'run', command, arguments: argumentsOf(command, words.slice(2)) };
}

function argumentsOf(command: Command, words: readonly string[]): CommandArguments {
  const { values, positionals } = strictly(command, words);
  if (positionals.length !== command.positionals) throw misuse(command);
  const all = (name: string) => [values[name] ?? []].flat().filter((value) => typeof value === 'string');
  return { positionals, all };
}

function strictly(command: Command, words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: command.options, allowPositionals: true });
  } catch (cause) {
    throw misuse(command, cause);
  }
}

export function misuse(command: Pick<Command, 'name' | 'usage'>, cause?: unknown): UsageError {
  const reason = cause instanceof Error ? `${cause.message}\n` : '';
  return new UsageError(`${reason}Usage: pnpm idp ${command.name} ${command.usage}`.trimEnd(), { cause });
}

function overview(commands: readonly Command[], noun: string | undefined): string {
  const shown = commands.filter(({ name }) => name.split(' ', 1)[0] === noun);
  const list = shown.length > 0 ? shown : commands;
  const width = Math.max(...list.map(({ name, usage }) => name.length + usage.length + 1));
  const lines = list.map(({ name, usage, summary }) => `  ${`${name} ${usage}`.padEnd(width)}  ${summary}`);
  return `Usage: pnpm idp <command>\n\n${lines.join('\n')}\n\nEvery command has --help. The database is the one of DATABASE_URL.\n`;
}

function helpOf({ name, usage, summary, details, examples }: Command): string {
  const lines = examples.map((example) => `  pnpm idp ${example}`);
  return `Usage: pnpm idp ${name} ${usage}\n\n${summary}.\n${details}\n\nExamples:\n${lines.join('\n')}\n`;
}
