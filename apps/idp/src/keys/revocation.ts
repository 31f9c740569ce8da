import type { RevokedKey, Store } from '../store/index.ts';
import { ALGORITHMS, firstKeysOf } from './first-keys.ts';
import type { KeySealer } from './key-sealer.ts';
import { newSealedKey } from './sealed-keys.ts';

interface RevocationContext {
  readonly store: Store;
  readonly sealer: KeySealer;
  readonly clock: () => number;
  readonly leadSeconds: number;
}

/**
 * Ends a key for good: it signs and verifies nothing from now on. Where it was the current one the next one signs at once,
 * although a verifier that was told to keep its copy of the key set may not have seen it yet.
 *
 * @returns the key as it was before; undefined for a `kid` that is unknown.
 */
export async function revokeKey(
  { store, sealer, clock }: RevocationContext,
  kid: string,
): Promise<RevokedKey | undefined> {
  const key = await store.findKey(kid);
  if (!key || key.revokedAt !== undefined) return key;
  const alg = ALGORITHMS.find((one) => one === key.alg);
  if (!alg) throw new Error(`The key ${kid} is for ${key.alg}, which this release does not sign with`);
  await store.revokeKey({ kid, now: clock(), replacement: await newSealedKey({ sealer }, alg) });
  return key;
}

/** Ends every key, the next ones and those of the past included, and begins with new ones. Needs none of them opened. */
export async function revokeAllKeys(context: RevocationContext): Promise<RevokedKey[]> {
  const replacements = await Promise.all(ALGORITHMS.map((alg) => firstKeysOf(context, alg)));
  return context.store.revokeAllKeys(context.clock(), replacements.flat());
}
