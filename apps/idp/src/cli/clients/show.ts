import type { Command } from '../command.ts';
import { formatTime } from '../format-time.ts';
import { withClient } from './stored-client.ts';

export const showClient: Command = {
  name: 'clients show',
  usage: '<client_id>',
  summary: 'Shows a client of the database',
  details:
    'Its registration as JSON (RFC 7591 members), and when it came. The secret can’t be shown: only its hash is kept.',
  examples: ['clients show wiki'],
  options: {},
  positionals: 1,
  run: withClient(async ({ context: { print, clock }, client }) => {
    const { clientId, registration, previousSecret, createdAt, updatedAt } = client;
    print(JSON.stringify({ client_id: clientId, ...registration }, null, 2));
    print(`registered ${formatTime(createdAt)}, changed ${formatTime(updatedAt)}`);
    const until = previousSecret?.acceptedUntil;
    if (until !== undefined && until > clock())
      print(`the secret before this one is accepted until ${formatTime(until)}`);
  }),
};
