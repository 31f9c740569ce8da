import type { SigningAlgorithm } from '@sso/auth/tokens';
import type { Store, StoredKey } from '../store/index.ts';
import { type KeyMaker, newSealedKey } from './sealed-keys.ts';

/** The algorithms this provider signs with; each has a ring of its own. */
export const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const satisfies readonly SigningAlgorithm[];
export type RingAlgorithm = (typeof ALGORITHMS)[number];

interface FirstKeyContext extends KeyMaker {
  readonly store: Store;
  readonly clock: () => number;
  readonly leadSeconds: number;
}

/** Creates the signing and the next key of an algorithm that has none. Of several nodes that try, one succeeds. */
export async function createMissingKeys(context: FirstKeyContext, alg: RingAlgorithm): Promise<void> {
  const { store, clock } = context;
  const known = await store.listSigningKeys(clock());
  if (!known.some((key) => key.alg === alg)) await store.addFirstKeys(await firstKeysOf(context, alg));
}

/** The signing and the next key of an algorithm. */
export async function firstKeysOf(
  context: Omit<FirstKeyContext, 'store'>,
  alg: RingAlgorithm,
): Promise<StoredKey[]> {
  const now = context.clock();
  const [current, next] = await Promise.all([newSealedKey(context, alg), newSealedKey(context, alg)]);
  const times = { activatedAt: undefined, publishedUntil: undefined };
  return [
    { ...current, alg, state: 'current', ...times, createdAt: now, activatedAt: now },
    // The very first JWKS contains this next key, so it counts as published for long enough.
    { ...next, alg, state: 'next', ...times, createdAt: now - context.leadSeconds },
  ];
}
