import { createLocalKeys, type VerificationKeys } from '@sso/auth/tokens';
import type { Store } from '../store/index.ts';
import type { KeyRing } from './key-ring.ts';

/**
 * The published keys of the ring, and past ones. An `id_token_hint` may be an ID token that has expired, and whose key
 * is no longer published; it still names its person (F-05).
 */
export function createIdTokenHintKeys(context: {
  readonly keys: Pick<KeyRing, 'verificationKeys'>;
  readonly store: Pick<Store, 'listPastKeys'>;
  readonly clock: () => number;
}): VerificationKeys {
  const { keys, store, clock } = context;
  return (header) =>
    keys
      .verificationKeys(header)
      .catch(async () => createLocalKeys({ keys: await store.listPastKeys(clock()) })(header));
}
