import { createClientSecret } from '../../clients/register-client.ts';
import { sha256 } from '../../foundation/secrets.ts';
import type { Command } from '../command.ts';
import { withClient } from './stored-client.ts';

export const rotateClientSecret: Command = {
  name: 'clients rotate-secret',
  usage: '<client_id>',
  summary: 'Gives a client another secret',
  details: `The new one is shown this once and takes the old one’s place within seconds: give it to the client right away. Sessions
and refresh tokens go on.`,
  examples: ['clients rotate-secret wiki'],
  options: {},
  positionals: 1,
  run: withClient(async ({ context, store, client: { clientId } }) => {
    const secret = createClientSecret();
    if (!(await store.replaceClientSecret(clientId, sha256(secret), context.clock())))
      throw new Error(
        `The client "${clientId}" has no secret: it is public, or signs with a key of its own.`,
      );
    context.observe({ type: 'secret.rotated', clientId });
    context.print(`client_secret: ${secret}`);
    context.print('Keep it now: only its hash is stored. The old one is worth nothing in a few seconds.');
  }),
};
