import { accessMatrix, type MatrixPart } from '../../access/access-matrix.ts';
import type { Client } from '../../clients/client.ts';
import type { Command } from '../command.ts';

export const showAccess: Command = {
  name: 'access',
  usage: '',
  summary: 'Shows what each role may do at each site',
  details: `The matrix of the access contract, ACCESS_FILE: for each API its permissions, the roles that bring each, and the
clients of CLIENTS_FILE that may ask for it. A token holds what the person's roles and the client both have.`,
  examples: ['access'],
  options: {},
  positionals: 0,
  async run({ accessContract, fileClients, print }) {
    const access = await accessContract();
    const clients = await fileClients();
    const matrix = accessMatrix(access);
    if (matrix.length === 0) print('The contract is empty: ACCESS_FILE names the file that holds it.');
    for (const [index, part] of matrix.entries()) {
      if (index > 0) print('');
      print(`${part.title}  ${part.audience}`);
      for (const line of tableOf(part, Object.keys(access.roles), clients)) print(line);
    }
  },
};

function tableOf({ audience, rows }: MatrixPart, roles: readonly string[], clients: readonly Client[]) {
  const calling = clients.filter(({ resources }) => resources.includes(audience));
  const clientsOf = (permission: string) =>
    calling.filter(({ permissions }) => permissions.includes(permission)).map(({ clientId }) => clientId);
  const cells = rows.map(({ permission, roles: bringing }) => [
    permission,
    ...roles.map((role) => (bringing.includes(role) ? 'yes' : '-')),
    clientsOf(permission).join(', ') || '-',
  ]);
  return aligned([['', ...roles, 'clients'], ...cells]);
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
