import { generateSigningJwk, type SigningAlgorithm } from '@sso/auth/tokens';
import type { JWK } from 'jose';
import type { NewKey, Store } from '../store/index.ts';
import type { KeySealer } from './key-sealer.ts';

/** What a new signing key needs. */
export interface KeyMaker {
  readonly sealer: KeySealer;
  /** Makes a private JWK with its `kid`. Default: the runtime's own generator; two rings must never share a key. */
  readonly generateKey?: ((alg: SigningAlgorithm) => Promise<JWK>) | undefined;
}

/** A new signing key as the store takes it: the public half, and the whole key sealed. */
export async function newSealedKey(
  { sealer, generateKey = generateSigningJwk }: KeyMaker,
  alg: SigningAlgorithm,
): Promise<NewKey> {
  const privateJwk = await generateKey(alg);
  return {
    kid: requireKid(privateJwk.kid),
    publicJwk: publicHalf(privateJwk),
    sealedJwk: await sealer.seal(privateJwk),
  };
}

function requireKid(kid: string | undefined): string {
  if (kid === undefined) throw new Error('a key without kid');
  return kid;
}

/** RFC 7518 §6, RFC 8037 §2: what of a key anybody may know, member by member. */
function publicHalf({ kid, kty, alg, use, crv, x, y, n, e }: JWK): JWK {
  const members = Object.entries({ kid, kty, alg, use, crv, x, y, n, e });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

interface SealingContext {
  readonly store: Store;
  readonly sealer: KeySealer;
  readonly warn: (message: string) => void;
}

/**
 * Seals the keys that an earlier release stored in clear, and erases what was left of them. Several nodes may do it at
 * once: they seal the same keys by the same ring.
 */
export async function sealEarlierKeys({ store, sealer, warn }: SealingContext): Promise<void> {
  const unsealed = await store.listUnsealedKeys();
  for (const { kid, privateJwk } of unsealed) await store.sealKey(kid, await sealer.seal(privateJwk));
  if (unsealed.length > 0)
    warn(
      'The signing keys lay in the database in clear and are sealed now. Copies and backups from before still hold them: rotate them, pnpm idp keys rotate',
    );
  if (!(await store.eraseUnsealedKeys()))
    warn('Other programs hold the database, so bytes of unsealed keys may lie in it until the next start');
}

/** After a change of `KEY_ENCRYPTION_KEYS`: seals by the first key what another one sealed, so that it can leave the list. */
export async function resealKeys(
  { store, sealer }: Pick<SealingContext, 'store' | 'sealer'>,
  now: number,
): Promise<void> {
  for (const { kid, sealedJwk } of await store.listSigningKeys(now)) {
    if (sealedJwk === undefined || sealer.isNewest(sealedJwk)) continue;
    await store.resealKey(kid, sealedJwk, await sealer.seal(await sealer.open(kid, sealedJwk)));
  }
}
