import type { AccessContract } from '@sso/auth/access';
import type { Client } from '../clients/client.ts';
import type { IsAllowedPrivateHost } from '../clients/private-hosts.ts';
import type { ObserveProvider } from '../events/provider-event.ts';
import type { EncryptionKeySettings } from '../keys/encryption-keys.ts';
import type { Lifetimes } from '../foundation/lifetimes.ts';

/** What commands work with. */
export interface CommandContext extends EncryptionKeySettings {
  readonly issuer: string;
  readonly lifetimes: Lifetimes;
  readonly serviceName: string;
  readonly clock: () => number;
  /** A line for the person. */
  readonly print: (line: string) => void;
  /** Tells the audit what was done. */
  readonly observe: ObserveProvider;
  readonly mayBePrivate: IsAllowedPrivateHost;
  /** Calls what a registration names, on public hosts and on those that the rule allows. */
  readonly fetch: typeof fetch;
  /** The clients of `CLIENTS_FILE`, as far as the command line knows it. */
  readonly fileClients: () => Promise<readonly Client[]>;
  /** The contract of `ACCESS_FILE`; an empty one without it. */
  readonly accessContract: () => Promise<AccessContract>;
  /** A file's text; `-` is the standard input. */
  readonly readText: (path: string) => Promise<string>;
  /** Asks twice at a terminal, else reads one line of the standard input. As an argument other users could see it. */
  readonly askPassword: () => Promise<string>;
}

export interface CommandArguments {
  readonly positionals: readonly string[];
  /** The values of an option that may repeat. */
  all(name: string): readonly string[];
  /** The value of an option that stands once. */
  one(name: string): string | undefined;
  has(name: string): boolean;
}

export interface CommandOption {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What the value is called in the help. */
  readonly value?: string;
  readonly help: string;
}

export interface Command {
  /** Noun and verb, such as `users list`; a noun alone where there is one thing to do with it. */
  readonly name: string;
  readonly summary: string;
  /** What follows the name. */
  readonly usage: string;
  readonly details: string;
  readonly examples: readonly string[];
  readonly options: Readonly<Record<string, CommandOption>>;
  /** How many words follow the name: that many, or as many as one of the list. */
  readonly positionals: number | readonly number[];
  run(context: CommandContext, given: CommandArguments): Promise<void>;
}

/** The command line is wrong; the message says how it is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function usageError(command: Pick<Command, 'name' | 'usage'>, reason?: string): UsageError {
  const first = reason === undefined ? '' : `${reason}\n`;
  return new UsageError(`${first}Usage: pnpm idp ${command.name} ${command.usage}`.trimEnd());
}
