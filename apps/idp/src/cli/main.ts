import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { systemClock } from '@sso/auth';
import { createClientFetch } from '../clients/client-fetch.ts';
import { createPrivateHostRule } from '../clients/private-hosts.ts';
import { readAccessFile, readClientsFile } from '../configuration/configuration.ts';
import { readToolEnv } from '../env.ts';
import { messageOf } from '../foundation/error-message.ts';
import { createLog } from '../log/log.ts';
import { type CommandContext, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { findOperator } from './operator.ts';
import { parseCommand } from './parse.ts';
import { askPassword } from './terminal.ts';

/** `idp <noun> <verb> …`: works on the database directly, beside a running provider or without one. */
async function run(words: readonly string[]): Promise<void> {
  const parsed = parseCommand(commands, words);
  if (parsed.kind === 'help') {
    process.stdout.write(parsed.text);
    return;
  }
  await parsed.command.run(contextOf(process.stdin), parsed.arguments);
}

function contextOf(input: NodeJS.ReadStream): CommandContext {
  const env = readToolEnv();
  const { stdout, stderr } = process;
  // Audit lines are for log collectors. A person at a terminal has read the result already.
  const mayBePrivate = createPrivateHostRule({ issuer: env.issuer, listedHosts: env.outboundHosts });
  const write = (line: string) => void (stderr.isTTY || stderr.write(line));
  return {
    ...env,
    clock: systemClock,
    print: (line) => void stdout.write(`${line}\n`),
    observe: createLog({ level: env.logLevel, write, now: Date.now, operator: findOperator() }).observe,
    mayBePrivate,
    fetch: createClientFetch(mayBePrivate)({ dynamicallyRegistered: true }),
    fileClients: () => readClientsFile(env),
    accessContract: () => readAccessFile(env),
    readText: (path) => (path === '-' ? text(input) : readFile(path, 'utf8')),
    askPassword: () => askPassword({ input, output: stderr }),
  };
}

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
