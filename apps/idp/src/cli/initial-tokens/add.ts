import { randomUUID } from 'node:crypto';
import { DAY } from '@sso/auth';
import { randomId, sha256 } from '../../foundation/secrets.ts';
import type { Command } from '../command.ts';
import { formatTime } from '../format-time.ts';
import { wholeNumberOption } from '../whole-number.ts';
import { withStore } from '../with-store.ts';

const synopsis = { name: 'initial-tokens add', usage: '[--uses <number>] [--days <number>]' };

export const addInitialToken: Command = {
  ...synopsis,
  summary: 'Makes a token that lets somebody register clients',
  details: `Whoever has it may register so many clients within so many days at POST /register (RFC 7591). Such a client is a third
party: people are asked for consent, and nobody has checked its addresses. The token is shown this once.`,
  examples: ['initial-tokens add', 'initial-tokens add --uses 20 --days 90'],
  options: {
    uses: { type: 'string', value: 'number', help: 'How many clients; 1 where it is left out' },
    days: { type: 'string', value: 'number', help: 'How long it lasts; 7 where it is left out, 365 at most' },
  },
  positionals: 0,
  async run({ databaseUrl, clock, print, observe }, given) {
    const usesLeft = wholeNumberOption(synopsis, given, 'uses', { fallback: 1, max: 100_000 });
    const days = wholeNumberOption(synopsis, given, 'days', { fallback: 7, max: 365 });
    const token = randomId(32);
    // One that starts with no hyphen, so that a command line takes it for no option.
    const [id, createdAt] = [randomUUID(), clock()];
    const expiresAt = createdAt + days * DAY;
    await withStore(databaseUrl, (store) =>
      store.addInitialAccessToken({ id, tokenHash: sha256(token), usesLeft, createdAt, expiresAt }),
    );
    observe({ type: 'initial-token.added', initialTokenId: id });
    print(`id: ${id}`);
    print(`initial_access_token: ${token}`);
    print(`For ${usesLeft} ${usesLeft === 1 ? 'client' : 'clients'}, until ${formatTime(expiresAt)}.`);
    print('Keep the token now: only its hash is stored.');
  },
};
