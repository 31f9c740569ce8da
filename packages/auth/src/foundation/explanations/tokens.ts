import type { ErrorChapter } from './error-explanation.ts';

type TokenErrorCode =
  | 'token_malformed'
  | 'token_type'
  | 'token_algorithm'
  | 'token_key_unknown'
  | 'token_signature'
  | 'token_issuer'
  | 'token_audience'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'token_claim'
  | 'token_revoked'
  | 'token_outdated'
  | 'token_binding'
  | 'dpop_proof_invalid'
  | 'dpop_proof_replayed'
  | 'dpop_nonce_required'
  | 'nonce_mismatch'
  | 'login_too_old'
  | 'login_too_weak';

export const tokenErrors: ErrorChapter<TokenErrorCode> = {
  token_malformed: {
    cause:
      'The text is not a signed JWT in compact form: it is opaque, encrypted (five parts), JSON, longer than 7 kB (an ID token: 16 kB), padded or wrapped on its way, has a member twice, or its header asks for an extension (`crit`, `b64`).',
    fix: "Send the access token exactly as the token endpoint returned it. If it is opaque, the provider issued it for itself: ask with `resource=<the API's audience>` (RFC 8707), so that it issues a JWT for that API.",
  },
  token_type: {
    cause:
      'A token of another kind stands in this place: an ID token sent to an API, an access token read as an ID token, or a logout token as either. The kinds are told apart by `typ` (RFC 8725 §3.11): `at+jwt`, `JWT` or none, `logout+jwt`; a logout token that says `JWT` by its event.',
    fix: 'Send the access token to APIs; the ID token is for the site that asked for it. If it is an access token and its `typ` is `JWT`, the provider does not follow RFC 9068: switch it to that profile.',
  },
  token_algorithm: {
    cause:
      "The header's `alg` is not among the `algorithms` of this verifier. The list is configuration and never comes from a token; `none` and the HMAC ones can't be in it.",
    fix: "Have the provider sign with the expected algorithm (a client's is `id_token_signed_response_alg`, RS256 where it registered none), or list what it uses: `algorithms: ['RS256']`.",
  },
  token_key_unknown: {
    cause:
      "The issuer's key set has no single key with that `kid` for that algorithm. The token was signed by somebody else, by a key that is withdrawn, or so recently that the new key set could not be fetched yet (then `transient` is true). A key that is off its curve, or an RSA key below 2048 bits, with an even exponent, with exponent 1, or of the form of ROCA (CVE-2017-15361), counts as absent.",
    fix: "Get a new token. If it happens right after a rotation, the provider signs with keys it has not published long enough: publish first, sign later. Check that `jwksUri` is this issuer's.",
  },
  token_signature: {
    cause:
      'The signature does not match the content: the token was changed on its way, or signed by another key under a known `kid`.',
    fix: 'Nothing in a token may be changed. If tokens are right elsewhere, look for a proxy that rewrites headers, and for two environments that share a `kid`.',
  },
  token_issuer: {
    cause:
      '`iss` differs from the configured issuer. Both are compared character by character: case, port and a trailing slash count (OIDC Core §3.1.3.7).',
    fix: "Copy the issuer from the provider's discovery document. Where servers reach the provider under another name, keep `issuer` public and set `internalIssuerUrl`.",
  },
  token_audience: {
    cause:
      "The token is for another API or another client, or for several. The message names both. Often a site forwards its own access token to a sibling's API.",
    fix: "Exchange the token: `tokenFor('<the API's audience>')` in a site, or RFC 8693 with `resource=<the API's audience>`. For userinfo, whose audience is the issuer, refresh with the issuer as `resource`. For an ID token: sign in at this client; its tokens are not another's. A provider that names its project beside the client: list that in `trustedAudiences`.",
  },
  token_expired: {
    cause: '`exp` is more than 30 seconds past.',
    fix: 'Refresh, then try again. If a fresh token is refused, the clocks differ: synchronise them.',
  },
  token_not_yet_valid: {
    cause: "`iat`, `nbf` or `auth_time` lies more than 30 seconds ahead of this machine's clock.",
    fix: "Synchronise the clocks of both machines. Raising `toleranceSeconds` hides it and widens every token's life.",
  },
  token_claim: {
    cause:
      'A claim that must be there is missing, or one has the wrong shape: `sub` of 256 characters, times that are no numbers, `at_hash` that does not match the access token beside it, no `jti` or `client_id` in an access token (RFC 9068 §2.2).',
    fix: "It is the provider's to fix; the message names the claim. If permissions come in another claim, set `permissionsClaim`.",
  },
  token_revoked: {
    cause:
      'The token is valid, and the session that it belongs to was ended since: the person signed out, or the provider signed them out (OpenID Connect Back-Channel Logout).',
    fix: 'Do not try again with it. Have the person sign in, then get a new token.',
  },
  token_outdated: {
    cause:
      "The token is valid, and the provider has said since it was issued that the person's permissions have changed (CAEP `token-claims-change`): what the token says no longer counts.",
    fix: 'Get a new token, by refresh or exchange: it says what the person may do now. The person need not sign in again.',
  },
  token_binding: {
    cause:
      "The token and the way it is presented don't belong together (RFC 9449 §7): it is bound to a key (`cnf.jkt`) and came as `Bearer`, or with a proof by another key; or it is bound to none and came as `DPoP`, or to an API that takes bound tokens only.",
    fix: 'Present a bound token as `Authorization: DPoP` with a proof by the very key that was proved when the token was issued. For an API that takes bound tokens only, register the client with `dpop_bound_access_tokens`.',
  },
  dpop_proof_invalid: {
    cause:
      'The `DPoP` header is missing, there is more than one, or what it holds is no proof of this request (RFC 9449 §4.3): another method or address, made more than 60 seconds ago or 10 ahead, of another access token, with a private or weak key, or not signed by the key it names. The message says which.',
    fix: "Make one proof for each request: `htm` its method, `htu` its public address without query, `iat` now, a new `jti`, and `ath` where an access token goes with it. Behind a proxy, compare `htu` with the server's configured public address. Synchronise the clocks.",
  },
  dpop_proof_replayed: {
    cause:
      'The very same proof came before (RFC 9449 §11.1): somebody copied the request, or a client or proxy sent it twice.',
    fix: 'Make a new proof, with a new `jti`, for each attempt.',
  },
  dpop_nonce_required: {
    cause:
      "The proof has no nonce of this server, or one that is too old (RFC 9449 §8): a server's nonce shows that the proof was not made in advance.",
    fix: "Make the proof once more with the value of the answer's `DPoP-Nonce` header as its `nonce`; keep each newer one that an answer brings.",
  },
  nonce_mismatch: {
    cause:
      'The ID token belongs to another login than the one this browser began (OIDC Core §3.1.3.7(11)): a replayed or injected answer.',
    fix: 'Start the login again. If it happens to everybody, a cache answers the token endpoint or the provider drops `nonce`.',
  },
  login_too_old: {
    cause: 'The request had a `max_age`, and the person signed in longer ago than that.',
    fix: 'Send them to the provider again with the same `max_age`. If it comes back, the provider ignores `max_age`.',
  },
  login_too_weak: {
    cause:
      'The request had `acr_values`, and the person signed in another way: the `acr` of the ID token is another value, or missing.',
    fix: 'Compare the values with `acr_values_supported` of the provider. A person without a second factor has to set one up there first.',
  },
};
