import { type KeyRole, keyRoleOf } from '../../keys/schedule.ts';
import type { StoredKey } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { formatTime } from '../format-time.ts';
import { withStore } from '../with-store.ts';

export const listKeys: Command = {
  name: 'keys list',
  usage: '',
  summary: 'Lists the published signing keys, and the revoked ones',
  details: `One line a key: algorithm, kid, what it does, and since or until when. "next" is published already and signs
after the next rotation; "upcoming" takes over at the time shown; "retired" signs no more and stays published until
the last token it signed has expired; "revoked" counts for nothing.`,
  examples: ['keys list'],
  options: {},
  positionals: 0,
  run: ({ databaseUrl, clock, print }) =>
    withStore(databaseUrl, async (store) => {
      const now = clock();
      const keys = await store.listSigningKeys(now);
      if (keys.length === 0) print('There are no keys yet: the provider makes them when it first starts.');
      for (const key of keys) print(lineOf(key, keys, now));
      for (const { kid, alg, revokedAt } of await store.listRevokedKeys())
        print([alg.padEnd(5), kid, 'revoked ', `at ${formatTime(revokedAt)}`].join('  '));
    }),
};

function lineOf(key: StoredKey, keys: readonly StoredKey[], now: number): string {
  const ring = keys.filter(({ alg }) => alg === key.alg);
  const role = keyRoleOf(key, ring, now);
  return [key.alg.padEnd(5), key.kid, role.padEnd(8), timeOf(key, role)].join('  ');
}

function timeOf(key: StoredKey, role: KeyRole): string {
  switch (role) {
    case 'next':
      return `published since ${formatTime(key.createdAt)}`;
    case 'upcoming':
      return `signs from ${formatTime(key.activatedAt)}`;
    case 'current':
      return `signs since ${formatTime(key.activatedAt)}`;
    case 'retired':
      return `published until ${formatTime(key.publishedUntil)}`;
    default:
      return role satisfies never;
  }
}
