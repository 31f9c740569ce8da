import type { Store, StoredKey } from '../store/index.ts';
import type { RingAlgorithm } from './first-keys.ts';
import { byActivation } from './schedule.ts';
import { type KeyMaker, newSealedKey } from './sealed-keys.ts';

export interface RotationContext extends KeyMaker {
  readonly store: Store;
  readonly clock: () => number;
  /** How long a retired key stays published: the longest life of what it signed, and the nodes' reload time. */
  readonly publishSeconds: number;
  /** How long a next key is published before it may sign: until every copy of the JWKS that lacks it has expired. */
  readonly leadSeconds: number;
}

/** The key that signs next, and from when on. */
export interface Rotation {
  readonly kid: string;
  readonly signsAt: number;
}

/**
 * Makes the next key of an algorithm the signing key: at once, or as soon as every verifier can know it. During a
 * rotation this returns the one under way instead of starting a second one.
 *
 * @returns undefined when another node rotated meanwhile: one transaction decides.
 */
export async function rotateKey(
  context: RotationContext,
  alg: RingAlgorithm,
  keys: readonly StoredKey[],
): Promise<Rotation | undefined> {
  const { store, clock, publishSeconds, leadSeconds } = context;
  const now = clock();
  const upcoming = findUpcoming(keys, now);
  if (upcoming) return upcoming;
  const next = keys.find(({ state }) => state === 'next');
  if (!next) throw new Error(`no next ${alg} key`);
  const signsAt = Math.max(now, next.createdAt + leadSeconds);
  const won = await store.rotateSigningKey({
    alg,
    nextKid: next.kid,
    newKey: await newSealedKey(context, alg),
    now,
    activatedAt: signsAt,
    publishedUntil: signsAt + publishSeconds,
  });
  return won ? { kid: next.kid, signsAt } : undefined;
}

function findUpcoming(keys: readonly StoredKey[], now: number): Rotation | undefined {
  const [latest] = byActivation(keys);
  return latest && latest.activatedAt > now ? { kid: latest.kid, signsAt: latest.activatedAt } : undefined;
}

/** Whether the signing key has signed for its whole period. */
export function isDue(keys: readonly StoredKey[], now: number, rotationSeconds: number): boolean {
  const [latest] = byActivation(keys);
  return rotationSeconds > 0 && latest !== undefined && latest.activatedAt + rotationSeconds <= now;
}
