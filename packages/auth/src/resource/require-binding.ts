import { authError, type AuthError, type Clock, isAuthError } from '../foundation/index.ts';
import { storeError } from '../session/index.ts';
import {
  type AccessTokenClaims,
  consumeDpopProof,
  type DpopProof,
  type ReportToken,
  verifyDpopProof,
} from '../tokens/index.ts';
import type { PresentedToken } from './bearer.ts';
import type { ProofRules } from './dpop-options.ts';

/** What an API reads of a request. `method` and `url` are what a proof is compared with. */
export type ApiRequest = Pick<Request, 'headers' | 'method' | 'url'>;

/** What deciding on a token's binding needs beside the token. */
interface BindingTools {
  readonly rules: ProofRules | undefined;
  readonly clock: Clock;
  /** Gets the checks of a proof. */
  readonly checked?: ReportToken | undefined;
}

/**
 * Requires that a token is presented as it was issued: a bound one with a proof of its key, which the caller consumes, and
 * another one as `Bearer`. A bound token as `Bearer` is a stolen one as likely as not (D-05, RFC 9449 §7.2), whatever kind
 * of key it is bound to (RFC 7800 §3.1); a proof beside an unbound one proves nothing.
 *
 * @throws AuthError `token_binding`, `dpop_proof_invalid`, `dpop_nonce_required`
 */
export async function requireBinding(
  { scheme, token }: PresentedToken,
  { cnf }: AccessTokenClaims,
  request: ApiRequest,
  { rules, clock, checked }: BindingTools,
): Promise<DpopProof | undefined> {
  if (scheme === 'Bearer') {
    if (cnf !== undefined)
      throw bindingError(
        'it is bound to a key and came as Bearer: send it as DPoP, with a proof of that key',
      );
    if (rules?.required)
      throw bindingError('this API takes DPoP-bound tokens only, and it is bound to no key');
    return undefined;
  }
  if (cnf?.jkt === undefined) throw bindingError('it came as DPoP and is bound to no key: send it as Bearer');
  if (!rules) throw bindingError('this API takes no DPoP-bound tokens');
  const proof = await verifyProof(request, token, { rules, clock, checked });
  if (proof.jkt === cnf.jkt) return proof;
  throw bindingError('it is bound to another key than the one that signed the DPoP proof');
}

function verifyProof(
  { method, url, headers }: ApiRequest,
  accessToken: string,
  { rules, clock, checked: report }: BindingTools & { readonly rules: ProofRules },
) {
  const { algorithms, nonces, keys, publicAddress } = rules;
  const target = { method, url: publicAddress(url) };
  const rest = { algorithms, accessToken, nonces, keys, clock, report };
  return verifyDpopProof(headers.get('dpop'), { ...target, ...rest });
}

function bindingError(what: string): AuthError {
  return authError('token_binding', `the token is refused as it was presented: ${what} (RFC 9449 §7)`);
}

/**
 * D-03: last of all, when nothing else refuses the request, so that only holders of a token and its key write into the store.
 *
 * @throws AuthError `dpop_proof_replayed`, `store_unavailable`
 */
export async function consumeProof(proof: DpopProof, { proofs }: ProofRules): Promise<void> {
  try {
    await consumeDpopProof(proofs, proof);
  } catch (cause) {
    throw isAuthError(cause) ? cause : storeError('proofs', cause);
  }
}
