import { generateSigningJwk, type SigningAlgorithm } from '@sso/auth/tokens';
import type { Store, StoredKey } from '../store/index.ts';

/** The algorithms this provider signs with; each has a ring of its own. */
export const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'] as const satisfies readonly SigningAlgorithm[];
export type RingAlgorithm = (typeof ALGORITHMS)[number];

/** Creates the signing and the next key of an algorithm that has none. Of several nodes that try, one succeeds. */
export async function createMissingKeys(
  { store, clock, leadSeconds }: { store: Store; clock: () => number; leadSeconds: number },
  alg: RingAlgorithm,
): Promise<void> {
  const now = clock();
  const known = await store.listSigningKeys(now);
  if (known.some((key) => key.alg === alg)) return;
  const [current, next] = await Promise.all([generateSigningJwk(alg), generateSigningJwk(alg)]);
  const key = (privateJwk: typeof current, state: 'current' | 'next'): StoredKey => ({
    kid: requireKid(privateJwk.kid),
    alg,
    state,
    privateJwk,
    // The very first JWKS contains this next key, so it counts as published for long enough.
    createdAt: state === 'next' ? now - leadSeconds : now,
    activatedAt: state === 'current' ? now : undefined,
    publishedUntil: undefined,
  });
  await store.addFirstKeys([key(current, 'current'), key(next, 'next')]);
}

export function requireKid(kid: string | undefined): string {
  if (kid === undefined) throw new Error('a key without kid');
  return kid;
}
