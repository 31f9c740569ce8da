import { createLocalKeys, type VerificationKeys } from '@sso/auth/tokens';
import type { Store } from '../store/index.ts';
import type { KeyRing } from './key-ring.ts';

/**
 * The ring's keys, and those that are published no more: what they signed is no token any longer, but still names
 * somebody when it comes as a hint.
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
