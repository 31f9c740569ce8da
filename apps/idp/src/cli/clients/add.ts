import { z } from 'zod';
import { registerClient, requireClientMetadata } from '../../clients/register-client.ts';
import { requireListedBySector } from '../../clients/sector-identifier.ts';
import { refuseSubjectOfPerson } from '../../clients/subject-collisions.ts';
import { operatorClientSchema } from '../../clients/metadata-schema.ts';
import { messageOf } from '../../foundation/error-message.ts';
import { parseJsonText } from '../../foundation/json-text.ts';
import { type Command, type CommandArguments, type CommandContext, usageError } from '../command.ts';
import { withStore } from '../with-store.ts';
import { metadataOptions, metadataFrom } from './metadata-options.ts';
import { clientInFileError, isClientInFile, refuseTakenAudience } from './stored-client.ts';

const synopsis = { name: 'clients add', usage: '<client_id> [--redirect-uri <url>]… [options]' };
const CLIENT_ID = /^[\x21-\x7e]{1,200}$/;

export const addClient: Command = {
  ...synopsis,
  summary: 'Registers a client',
  details: `A confidential client gets a secret, which is shown this once. Running providers know the client within seconds.
--from takes a JSON file with RFC 7591 members (and first_party, resources, audiences, permissions); options win over it.`,
  examples: [
    'clients add wiki --redirect-uri https://wiki.example.com/callback --name "The wiki"',
    'clients add app --public --type native --redirect-uri com.example.app:/callback',
    'clients add job --grant client_credentials --resource https://shop.example.com/api --permission shop:stock.read',
    'clients add wiki --from wiki.json',
  ],
  options: {
    from: { type: 'string', value: 'file', help: 'A JSON object of members; - reads the standard input' },
    ...metadataOptions,
  },
  positionals: 1,
  async run(context, given) {
    const clientId = given.positionals[0] ?? '';
    if (!CLIENT_ID.test(clientId))
      throw usageError(synopsis, 'A client_id has 1 to 200 printable characters, no blanks.');
    if (await isClientInFile(context, clientId)) throw clientInFileError(clientId);
    const members = { ...(await readMembers(context, given)), ...metadataFrom(given) };
    const registration = requireClientMetadata(operatorClientSchema, members, context.mayBePrivate);
    await requireListedBySector(context.fetch, registration);
    await refuseTakenAudience(context, { clientId, audiences: registration.audiences });
    await withStore(context.databaseUrl, async (store) => {
      await refuseSubjectOfPerson(store, clientId);
      const client = await registerClient(store, { clientId, registration }, context.clock());
      if (!client)
        throw new Error(`There is a client "${clientId}" already. See: pnpm idp clients show ${clientId}`);
      context.observe({ type: 'client.registered', clientId });
      printCredentials(context, client.clientId, client.clientSecret);
    });
  },
};

async function readMembers({ readText }: CommandContext, given: CommandArguments): Promise<object> {
  const path = given.one('from');
  if (path === undefined) return {};
  const text = await readText(path).catch((cause: unknown) => {
    throw new Error(`${path} can’t be read: ${messageOf(cause)}`, { cause });
  });
  return parseMembers(path, text);
}

function parseMembers(path: string, text: string): object {
  try {
    return z.record(z.string(), z.unknown()).parse(parseJsonText(text));
  } catch {
    // The parser's own message quotes the text.
    throw new Error(`${path} is no JSON object`);
  }
}

function printCredentials({ print }: CommandContext, clientId: string, secret: string | undefined): void {
  print(`client_id: ${clientId}`);
  if (secret === undefined) return;
  print(`client_secret: ${secret}`);
  print('Keep the secret now: only its hash is stored.');
}
