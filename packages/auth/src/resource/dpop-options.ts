import { authError, type Clock, requireSecureUrl } from '../foundation/index.ts';
import {
  createDpopNonces,
  createDpopProofKeys,
  type DpopNonces,
  type DpopProofKeys,
  type DpopProofStore,
  requireSigningAlgorithms,
  type SigningAlgorithm,
} from '../tokens/index.ts';

/** How an API takes tokens that are bound to a key (DPoP, RFC 9449). */
export interface ResourceDpopOptions {
  /**
   * The API's public address: `https://shop.example`, with the path that a proxy takes off, if one does. Proofs are for
   * this address and the request's path; what `Host` and `X-Forwarded-…` say counts for nothing.
   */
  readonly publicUrl: string;
  /**
   * Where proofs are remembered, which count once: a store that all processes of this API share, e.g. the `spent` of its
   * site. A memory store would take a proof once at each process.
   */
  readonly proofs: DpopProofStore;
  /** Refuses `Bearer` altogether. Default `false`: a token that is bound to no key is taken as `Bearer`. */
  readonly required?: boolean;
  /**
   * Demands a nonce of this API in each proof, so that none can be made in advance: 32 characters each at least, the same
   * at all processes; the first makes nonces, all verify. Default: none is demanded, and whoever can use the key for a moment can make proofs for as long as the token lives.
   */
  readonly nonceSecrets?: readonly string[];
  /** What proofs may be signed with; asymmetric only. Default `['ES256', 'EdDSA', 'PS256', 'RS256']`. */
  readonly algorithms?: readonly SigningAlgorithm[];
}

/** The same, ready for use. */
export interface ProofRules {
  readonly algorithms: readonly SigningAlgorithm[];
  readonly proofs: DpopProofStore;
  readonly required: boolean;
  readonly nonces: DpopNonces | undefined;
  readonly keys: DpopProofKeys;
  /** The public address of a request to this API. */
  readonly publicAddress: (url: string) => string;
}

const DEFAULT_ALGORITHMS: readonly SigningAlgorithm[] = ['ES256', 'EdDSA', 'PS256', 'RS256'];

/** @throws AuthError `config_invalid` */
export function createProofRules(options: ResourceDpopOptions, audience: string, clock: Clock): ProofRules {
  const { proofs, required = false, nonceSecrets, algorithms = DEFAULT_ALGORITHMS } = options;
  const { origin, pathname, search } = requireSecureUrl(options.publicUrl, 'dpop.publicUrl');
  if (search !== '') throw authError('config_invalid', 'dpop.publicUrl must hold no query');
  requireSigningAlgorithms(algorithms);
  const base = pathname.replace(/\/$/, '');
  const nonces = nonceSecrets && createDpopNonces({ secrets: nonceSecrets, server: audience, clock });
  const publicAddress = (url: string) => {
    const path = new URL(url).pathname;
    return origin + (path === base || path.startsWith(`${base}/`) ? path : base + path);
  };
  return { algorithms, proofs, required, nonces, keys: createDpopProofKeys(clock), publicAddress };
}
