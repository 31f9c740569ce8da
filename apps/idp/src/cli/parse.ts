import { parseArgs } from 'node:util';
import { messageOf } from '../foundation/error-message.ts';
import { type Command, type CommandArguments, usageError, UsageError } from './command.ts';
import { helpOf, overview } from './help.ts';

export type Parsed =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'run'; readonly command: Command; readonly arguments: CommandArguments };

/** @throws UsageError */
export function parseCommand(commands: readonly Command[], words: readonly string[]): Parsed {
  const wantsHelp = words.length === 0 || words.includes('--help') || words.includes('-h');
  const command = findCommand(commands, words);
  if (!command) {
    if (wantsHelp) return { kind: 'help', text: overview(commands, words[0]) };
    throw unknown(commands, words);
  }
  if (wantsHelp) return { kind: 'help', text: helpOf(command) };
  return { kind: 'run', command, arguments: argumentsOf(command, words.slice(wordsOf(command).length)) };
}

const wordsOf = ({ name }: Command) => name.split(' ');

function findCommand(commands: readonly Command[], words: readonly string[]): Command | undefined {
  return commands.find((command) => wordsOf(command).every((word, index) => words[index] === word));
}

function unknown(commands: readonly Command[], [noun = '', verb]: readonly string[]): UsageError {
  const siblings = commands.filter(({ name }) => name.startsWith(`${noun} `)).map(({ name }) => name);
  const hint = siblings.length > 0 ? `There are: ${siblings.join(', ')}.` : 'See: pnpm idp --help';
  return new UsageError(
    `There is no command "${[noun, ...(verb === undefined ? [] : [verb])].join(' ')}". ${hint}`,
  );
}

function argumentsOf(command: Command, words: readonly string[]): CommandArguments {
  const { values, positionals } = strictly(command, words);
  if (![command.positionals].flat().includes(positionals.length)) throw usageError(command);
  const all = (name: string) => [values[name] ?? []].flat().filter((value) => typeof value === 'string');
  return { positionals, all, one: (name) => all(name)[0], has: (name) => values[name] === true };
}

function strictly(command: Command, words: readonly string[]) {
  const options = Object.entries(command.options).map(
    ([name, { type, multiple = false }]) => [name, { type, multiple }] as const,
  );
  try {
    const args = behindOptions(words);
    return parseArgs({ args, options: Object.fromEntries(options), allowPositionals: true });
  } catch (error) {
    throw usageError(command, messageOf(error));
  }
}

/** The kid of a key is a thumbprint, of which every 64th begins with a hyphen. No option is that long. */
const HYPHENATED_KID = /^-[\w-]{42}$/;

function behindOptions(words: readonly string[]): string[] {
  const kids = words.filter((word) => HYPHENATED_KID.test(word));
  if (kids.length === 0 || words.includes('--')) return [...words];
  return [...words.filter((word) => !HYPHENATED_KID.test(word)), '--', ...kids];
}
