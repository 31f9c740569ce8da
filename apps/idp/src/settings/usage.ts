import { variables } from './variables.ts';
import type { Variable } from './define-variable.ts';

const rows: readonly (readonly [name: string, variable: Variable])[] = Object.entries(variables);

/** What `node apps/idp/src/main.ts --help` says. */
export function usage(): string {
  return `Usage: node apps/idp/src/main.ts

The identity provider, configured by environment variables only:

${rows.map(([name, variable]) => paragraph(name, variable)).join('\n')}
A wrong value, an unreadable file or a broken database ends the start with the list of what is wrong and exit
code 1. SIGTERM and SIGINT let requests under way finish.

Example:
  ISSUER=http://localhost:4100 CLIENTS_FILE=clients.json USERS_FILE=users.json node apps/idp/src/main.ts
`;
}

function paragraph(name: string, variable: Variable): string {
  return `  ${name}\n      ${variable.description}.\n      ${factsOf(variable)}\n`;
}

function factsOf({ unit, defaultText, example }: Variable): string {
  const facts = [...(unit === undefined ? [] : [`In ${unit}.`]), `Default: ${defaultText}.`];
  return [...facts, ...(example === defaultText ? [] : [`Example: ${example}`])].join(' ');
}

/** The rows of the README's table: variable, default, what it is. */
export function readmeRows(): string[][] {
  return rows.map(([name, { description, unit, defaultText, example }]) => [
    `\`${name}\``,
    unit === undefined ? defaultText : `${defaultText} ${unit}`,
    description,
    `\`${example}\``,
  ]);
}
