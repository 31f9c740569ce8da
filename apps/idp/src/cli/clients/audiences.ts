import { storedClientSchema } from '../../clients/metadata-schema.ts';
import type { StoredClient } from '../../store/index.ts';
import { type Command, usageError } from '../command.ts';
import { refuseTakenAudience, withClient } from './stored-client.ts';

const synopsis = {
  name: 'clients audiences',
  usage: '<client_id> [--add <audience>]… [--remove <audience>]… [--none]',
};

export const changeAudiences: Command = {
  ...synopsis,
  summary: 'Says for which APIs a client stands',
  details: `It may introspect the tokens for them, and their sid and sub are its own. One client at most stands for an API, and what
it may call is another matter (--resource of clients add). Without options it shows the audiences.`,
  examples: ['clients audiences wiki --add https://wiki.example.com/api', 'clients audiences wiki --none'],
  options: {
    add: { type: 'string', multiple: true, value: 'audience', help: 'An API it stands for from now on' },
    remove: { type: 'string', multiple: true, value: 'audience', help: 'One it stands for no longer' },
    none: { type: 'boolean', help: 'It stands for no API' },
  },
  positionals: 1,
  run: withClient(async ({ context, store, client, given }) => {
    const { clientId } = client;
    const [add, remove, none] = [given.all('add'), given.all('remove'), given.has('none')];
    if (none && add.length + remove.length > 0) throw usageError(synopsis, '--none stands alone.');
    const before = none ? [] : audiencesOf(client);
    const audiences = [...new Set([...before, ...add])].filter((audience) => !remove.includes(audience));
    if (none || add.length + remove.length > 0) {
      await refuseTakenAudience(context, { clientId, audiences });
      await store.setClientAudiences(clientId, audiences);
      context.observe({ type: 'audiences.changed', clientId, audiences });
    }
    context.print(`${clientId}: ${audiences.join(', ') || 'stands for no API'}`);
  }),
};

function audiencesOf({ registration }: StoredClient): readonly string[] {
  return storedClientSchema.pick({ audiences: true }).parse(registration).audiences;
}
