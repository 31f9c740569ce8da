import { type Command, type CommandArguments, usageError } from './command.ts';

interface Bounds {
  /** Where the option is left out. */
  readonly fallback: number;
  readonly max: number;
}

/** The whole number from 1 to `max` that an option gives. @throws UsageError */
export function wholeNumberOption(
  command: Pick<Command, 'name' | 'usage'>,
  given: CommandArguments,
  name: string,
  { fallback, max }: Bounds,
): number {
  const text = given.one(name);
  if (text === undefined) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) throw usageError(command, `--${name} is a whole number from 1 to ${max}.`);
  return value;
}
