import { chooseEncryptionKeys } from '../../keys/encryption-keys.ts';
import type { KeySealer } from '../../keys/key-sealer.ts';
import { openKeySealer } from '../../keys/open-sealer.ts';
import type { Store } from '../../store/index.ts';
import type { CommandContext } from '../command.ts';
import { withStore } from '../with-store.ts';

interface SealerOptions {
  /** Whether a missing key file is made although it has sealed keys: those are about to be revoked. */
  readonly mayCreate: boolean;
}

/** Opens the database, and what seals its keys, for one piece of work. */
export async function withSealer(
  context: CommandContext,
  work: (store: Store, sealer: KeySealer) => Promise<void>,
  { mayCreate }: Partial<SealerOptions> = {},
): Promise<void> {
  const source = chooseEncryptionKeys(context);
  await withStore(context.databaseUrl, async (store) => {
    // The provider says at its start where the keys lie; a person at a command line knows.
    const sealer = await openKeySealer(source, { ...context, store, warn: () => undefined, mayCreate });
    await work(store, sealer);
  });
}
