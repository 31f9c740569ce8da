import type { AccessContract } from '@sso/auth/access';
import { emptyAccess } from '../src/access/access-file.ts';
import { commands } from '../src/cli/commands.ts';
import { parseCommand } from '../src/cli/parse.ts';
import { parseClients } from '../src/clients/clients-file.ts';
import { createClientFetch } from '../src/clients/client-fetch.ts';
import { createPrivateHostRule } from '../src/clients/private-hosts.ts';
import { readEnv } from '../src/env.ts';
import type { EncryptionKeys } from '../src/foundation/encryption-keys.ts';
import type { ProviderEvent } from '../src/events/provider-event.ts';

/** The command line on a database of the test's own. */
export interface CommandLine {
  /** Runs a command and returns what it prints. */
  run(...words: string[]): Promise<string[]>;
  /** What the next command that asks for one is told. */
  passphrase: string;
  /** What seals the signing keys. */
  encryptionKeys: EncryptionKeys;
  readonly events: ProviderEvent[];
  /** Files that commands may read, by path. */
  readonly files: Map<string, string>;
  now: number;
  /** What `CLIENTS_FILE` holds. */
  clients: readonly object[];
  /** What `ACCESS_FILE` holds. */
  contract: AccessContract;
}

export const IN_FILE = {
  client_id: 'shop',
  client_secret: 'shop-secret-0123456789',
  client_name: 'The shop',
  audiences: ['https://shop.example/api'],
};

export function createCommandLine(databaseUrl: string): CommandLine {
  const { issuer, ...settings } = readEnv({ ISSUER: 'https://id.example.com' });
  const mayBePrivate = createPrivateHostRule({ issuer, listedHosts: ['app.internal', '127.0.0.1'] });
  const line: CommandLine = {
    passphrase: '',
    encryptionKeys: [Buffer.alloc(32, 1)],
    events: [],
    files: new Map(),
    now: 1_800_000_000,
    clients: [IN_FILE],
    contract: emptyAccess,
    async run(...words) {
      const parsed = parseCommand(commands, words);
      if (parsed.kind === 'help') return [parsed.text];
      const said: string[] = [];
      const context = {
        issuer,
        ...settings,
        databaseUrl,
        keyEncryptionKeys: line.encryptionKeys,
        clock: () => line.now,
        print: (text: string) => void said.push(text),
        observe: (event: ProviderEvent) => void line.events.push(event),
        mayBePrivate,
        fetch: createClientFetch(mayBePrivate)({ dynamicallyRegistered: true }),
        fileClients: async () => parseClients(line.clients),
        accessContract: async () => line.contract,
        readText: async (path: string) => requireFile(line.files, path),
        askPassword: async () => line.passphrase,
      };
      await parsed.command.run(context, parsed.arguments);
      return said;
    },
  };
  return line;
}

function requireFile(files: ReadonlyMap<string, string>, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new Error('ENOENT: no such file');
  return text;
}
