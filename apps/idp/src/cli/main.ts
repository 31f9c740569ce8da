import { systemClock } from '@sso/auth';
import { readToolEnv } from '../env.ts';
import { messageOf } from '../files.ts';
import { commands } from './commands.ts';
import { parseCommand, UsageError } from './parse.ts';

/** `idp <noun> <verb> …`: works on the database directly, beside a running provider or without one. */
async function run(words: readonly string[]): Promise<void> {
  const parsed = parseCommand(commands, words);
  if (parsed.kind === 'help') {
    process.stdout.write(parsed.text);
    return;
  }
  await parsed.command.run({ ...readToolEnv(), clock: systemClock, print }, parsed.arguments);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
