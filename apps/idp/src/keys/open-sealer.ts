import type { Store } from '../store/index.ts';
import { type EncryptionKeySource, readEncryptionKeys } from './encryption-keys.ts';
import { createKeySealer, type KeySealer } from './key-sealer.ts';

interface SealerContext {
  readonly store: Pick<Store, 'listSigningKeys'>;
  readonly clock: () => number;
  readonly warn: (message: string) => void;
  /** Whether a missing key file may be made. Default: unless it has sealed something. */
  readonly mayCreate?: boolean | undefined;
}

/** @throws Error of `readEncryptionKeys` */
export async function openKeySealer(source: EncryptionKeySource, context: SealerContext): Promise<KeySealer> {
  const { store, clock, warn } = context;
  const known = await store.listSigningKeys(clock());
  const { mayCreate = known.every(({ sealedJwk }) => sealedJwk === undefined) } = context;
  return createKeySealer(readEncryptionKeys(source, { mayCreate, warn }));
}
