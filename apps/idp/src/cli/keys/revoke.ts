import { keyTimes } from '../../foundation/lifetimes.ts';
import { revokeAllKeys, revokeKey } from '../../keys/revocation.ts';
import { sealEarlierKeys } from '../../keys/sealed-keys.ts';
import type { RevokedKey } from '../../store/index.ts';
import { type Command, type CommandContext, usageError } from '../command.ts';
import { formatTime } from '../format-time.ts';
import { withSealer } from './with-sealer.ts';

const synopsis = { name: 'keys revoke', usage: '<kid> | --all' };

export const revokeKeys: Command = {
  ...synopsis,
  summary: 'Ends a signing key that may be stolen, at once and for good',
  details: `Every node of the provider drops it within five seconds: it is in the key set no more, and what it signed is
believed by no endpoint, as a hint neither. An API that uses @sso/auth drops it within 190 seconds. The next key signs at
once. Tokens that it signed are refused, so people's sites ask for new ones; nobody has to type a passphrase. A key that
only gets older is rotated instead.`,
  examples: ['keys revoke 4hTDo2mUMnqDb3Y6xXv1vQ9Gk0wR8c5LzJpW7eNfYsA', 'keys revoke --all'],
  options: {
    all: {
      type: 'boolean',
      help: 'Every key of every algorithm. The way out when the key that opens them is lost',
    },
  },
  positionals: [0, 1],
  async run(context, given) {
    const [kid] = given.positionals;
    if ((kid === undefined) !== given.has('all')) throw usageError(synopsis);
    await (kid === undefined ? revokeEvery(context) : revokeOne(context, kid));
  },
};

async function revokeOne(context: CommandContext, kid: string): Promise<void> {
  const { clock, print, lifetimes } = context;
  await withSealer(context, async (store, sealer) => {
    await sealEarlierKeys({ store, sealer, warn: print });
    const key = await revokeKey({ store, sealer, clock, ...keyTimes(lifetimes, 0) }, kid);
    if (!key) throw new Error(`There is no key "${kid}". See: pnpm idp keys list`);
    if (key.revokedAt !== undefined)
      return print(`${kid} was revoked at ${formatTime(key.revokedAt)} already`);
    report(context, key);
  });
}

async function revokeEvery(context: CommandContext): Promise<void> {
  const { clock, lifetimes } = context;
  await withSealer(
    context,
    async (store, sealer) => {
      const revoked = await revokeAllKeys({ store, sealer, clock, ...keyTimes(lifetimes, 0) });
      await store.eraseUnsealedKeys();
      for (const key of revoked) report(context, key);
    },
    { mayCreate: true },
  );
}

function report({ print, observe }: CommandContext, { alg, kid }: RevokedKey): void {
  observe({ type: 'key.revoked', alg, kid });
  print(`${alg}: ${kid} is revoked`);
}
