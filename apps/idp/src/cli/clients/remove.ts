import type { Command } from '../command.ts';
import { withClient } from './stored-client.ts';

export const removeClient: Command = {
  name: 'clients remove',
  usage: '<client_id>',
  summary: 'Removes a client and everything that was granted to it',
  details: `Its refresh tokens end at once. Running providers forget it within seconds; access tokens that APIs verify by
themselves live on until they expire.`,
  examples: ['clients remove wiki'],
  options: {},
  positionals: 1,
  run: withClient(async ({ context, store, client: { clientId } }) => {
    await store.removeClient(clientId, context.clock());
    context.observe({ type: 'client.removed', clientId });
    context.print(`${clientId} is removed`);
  }),
};
