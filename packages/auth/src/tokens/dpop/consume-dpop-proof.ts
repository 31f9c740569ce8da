import { sha256Base64url } from '../../crypto/index.ts';
import { authError } from '../../foundation/index.ts';
import type { DpopProof } from './verify-dpop-proof.ts';

/**
 * Where a server remembers proofs, which count once (RFC 9449 §11.1). All its processes share one; a `SingleUseStore` of
 * `@sso/auth/session` is such a store.
 */
export interface DpopProofStore {
  /** True the first time only, until `until` (integer seconds); one atomic step. @param key 43 characters, base64url */
  readonly consume: (key: string, until: number) => Promise<boolean>;
}

/**
 * Lets a verified proof count once, for as long as it could be sent again. The store gets a hash of `jti`, key, method and
 * address, never the proof. Call it last: whoever can't sign with a token's key then fills no store.
 *
 * @throws AuthError `dpop_proof_replayed`; what the store throws
 */
export async function consumeDpopProof(store: DpopProofStore, proof: DpopProof): Promise<void> {
  const { jti, jkt, htm, htu, usableUntil } = proof;
  const key = await sha256Base64url(JSON.stringify(['dpop', jkt, jti, htm, htu]));
  if (await store.consume(key, usableUntil)) return;
  throw authError('dpop_proof_replayed', 'this DPoP proof came before: make a new one for each request');
}
