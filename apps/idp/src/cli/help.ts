import type { Command, CommandOption } from './command.ts';

/** All commands, or those of one noun. */
export function overview(commands: readonly Command[], noun: string | undefined): string {
  const shown = commands.filter(({ name }) => name.split(' ', 1)[0] === noun);
  const list = shown.length > 0 ? shown : commands;
  const lines = columns(list.map(({ name, summary }) => [name, summary]));
  return `Usage: pnpm idp <command>

${lines.join('\n')}

Every command has --help. They work on the database of DATABASE_URL, beside a running provider or without one; other
variables (ISSUER, CLIENTS_FILE, OUTBOUND_HOSTS, …) mean what they mean to the provider.
`;
}

export function helpOf({ name, usage, summary, details, examples, options }: Command): string {
  const described = Object.entries(options).map(([option, one]): [string, string] => [
    written(option, one),
    one.help,
  ]);
  const section = described.length > 0 ? `\nOptions:\n${columns(described).join('\n')}\n` : '';
  const lines = examples.map((example) => `  pnpm idp ${example}`);
  const first = `Usage: pnpm idp ${name} ${usage}`.trimEnd();
  return `${first}\n\n${summary}.\n${details}\n${section}\nExamples:\n${lines.join('\n')}\n`;
}

function written(name: string, { value, multiple }: CommandOption): string {
  return `--${name}${value === undefined ? '' : ` <${value}>`}${multiple ? ' …' : ''}`;
}

function columns(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
