import type { authPaths } from './paths.ts';

/** Where a page asks for a token that is bound to its key. */
export const boundTokenPath: (typeof authPaths)['boundToken'] = '/auth/bound-token';

/** What a page asks: a token for this audience, bound to the key that signed the proof. */
export interface BoundTokenRequest {
  readonly audience: string;
  /** A DPoP proof for the provider's token endpoint (RFC 9449 §5). Without one the answer says what a proof needs. */
  readonly proof?: string;
}

/** What a page gets (RFC 6749 §5.1, RFC 9449 §5). It works with proofs of the page's own key, and with nothing else. */
export interface BoundToken {
  readonly access_token: string;
  readonly token_type: 'DPoP';
  /** Seconds. */
  readonly expires_in: number;
}

/** Why there is no token. */
export interface BoundTokenRefusal {
  /** `invalid_dpop_proof` and `use_dpop_nonce` ask for another proof; all others are final for this page. */
  readonly error: string;
  /** What a proof is for: its `htu`. */
  readonly token_endpoint?: string;
  /** The site's clock, for the `iat` of proofs: browsers' own clocks are often wrong. */
  readonly now?: number;
  /** The provider's, for the next proof. */
  readonly nonce?: string;
}
