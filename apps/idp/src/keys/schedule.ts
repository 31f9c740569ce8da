import type { StoredKey } from '../store/index.ts';

/** What a key does at a given time. It follows from the times in the key's row. */
export type KeyRole = 'next' | 'upcoming' | 'current' | 'retired';

type Timed = Pick<StoredKey, 'kid' | 'state' | 'createdAt' | 'activatedAt'>;

/** Keys of one algorithm that have begun or will begin to sign, the latest first. */
export function byActivation<K extends Timed>(keys: readonly K[]): (K & { readonly activatedAt: number })[] {
  return keys
    .flatMap((key) => (key.activatedAt === undefined ? [] : [{ ...key, activatedAt: key.activatedAt }]))
    .toSorted(
      (a, b) =>
        b.activatedAt - a.activatedAt || Number(b.state === 'current') - Number(a.state === 'current'),
    );
}

/** The key that signs now. All nodes use the same times, so they change keys together. */
export function findSigner<K extends Timed>(keys: readonly K[], now: number): K | undefined {
  return byActivation(keys).find(({ activatedAt }) => activatedAt <= now);
}

export function keyRoleOf(key: Timed, keys: readonly Timed[], now: number): KeyRole {
  if (key.activatedAt === undefined) return 'next';
  if (key.activatedAt > now) return 'upcoming';
  return findSigner(keys, now)?.kid === key.kid ? 'current' : 'retired';
}
