import type { ActorClaim, DpopNonces, DpopProofStore } from '../../tokens/index.ts';
import type { Forgery } from '../forgeries/forge.ts';
import type { Endpoint, PlannedFault } from './faults.ts';
import type { Gate } from './hold.ts';
import type { Mint, Sign } from './mint.ts';
import type { TestClock } from '../test-clock.ts';
import type { TestKeyRing } from './test-key-ring.ts';
import type { TestPerson, TestAuthentication, TestSignOn } from './test-people.ts';

/** A client that the test issuer knows. */
export interface TestClient {
  readonly clientId: string;
  /** Without one the client is public. */
  readonly clientSecret?: string;
  /** Exact addresses; default: any. */
  readonly redirectUris?: readonly string[];
  /** Exact addresses; default: any. */
  readonly postLogoutRedirectUris?: readonly string[];
  /** The APIs it stands for: their access tokens name the session by this client's `sid`. Default: that of minted tokens, for the first client. */
  readonly audiences?: readonly string[];
  /** `pairwise`: it knows each person by a name that no other client has (OIDC Core §8.1). Default: by their `sub`. */
  readonly subjectType?: 'public' | 'pairwise';
  /** `dpop_bound_access_tokens` (RFC 9449 §5.2): it gets no token without a proof. Default `false`. */
  readonly dpopBoundAccessTokens?: boolean;
}

/** A member of a token response is whatever the wire says; only the refresh token is looked at here. */
export interface TokenResponse {
  readonly refresh_token: string;
  readonly [member: string]: unknown;
}

/** What a login granted a client. */
export interface GrantedAccess {
  readonly clientId: string;
  readonly signOn: TestSignOn;
  /** When and how the person signed in for that login. A later sign-in does not change it (OIDC Core §12.2). */
  readonly proof: TestAuthentication;
  readonly scope: string;
  /** `undefined`: the issuer itself. */
  readonly audience: string | undefined;
  /** The names that the request could reach, over all audiences; `undefined`: whatever the person holds. */
  readonly reach: readonly string[] | undefined;
  /** The key that its tokens are bound to (RFC 9449 §6.1); in a refresh token's grant that of a public client. */
  readonly jkt?: string | undefined;
}

/** An access token that was issued, by its `jti`. */
export interface IssuedAccessToken extends Pick<GrantedAccess, 'signOn' | 'reach'> {
  readonly family: RefreshTokenFamily;
  /** Shared with what it was exchanged for, so that both end when it is revoked (RFC 7009). */
  readonly life: { ended: boolean };
  /** How often it was exchanged. */
  readonly steps: number;
  /** Who acts for the person (RFC 8693 §4.1). */
  readonly act?: ActorClaim | undefined;
}

/** An authorization code that was issued. */
export interface PendingCode extends GrantedAccess {
  /** Integer seconds. */
  readonly issuedAt: number;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  /** The tokens of its redemption: a second redemption ends them (RFC 6749 §4.1.2). */
  family?: RefreshTokenFamily;
}

/** All refresh tokens that descend from one code. */
export interface RefreshTokenFamily {
  ended: boolean;
}

/** The grant behind a refresh token. */
export interface RefreshTokenGrant extends GrantedAccess {
  readonly family: RefreshTokenFamily;
  /** Its first use: the time, the parameters and the response. */
  used?: { readonly at: number; readonly parameters: string; readonly response: Promise<TokenResponse> };
}

/** Members of a JSON answer to set; `undefined` removes one. */
type Members = Readonly<Record<string, unknown>>;

/** How tokens and documents of the issuer differ from correct ones. */
export interface Alteration {
  readonly idToken?: Forgery;
  readonly accessToken?: Forgery;
  /** Of token responses. */
  readonly response?: Members;
  /** Of the discovery document. What an endpoint answers stays where it was. */
  readonly metadata?: Members;
  /** Of the JWK Set, e.g. `{ keys: [stranger.publicJwk] }`. `keys.verificationKeys` is not touched. */
  readonly jwks?: Members;
}

/** The state of a test issuer. */
export interface IssuerState {
  readonly issuer: string;
  readonly clock: TestClock;
  readonly keys: TestKeyRing;
  readonly sign: Sign;
  readonly mint: Mint;
  readonly accessTokenSeconds: number;
  readonly refreshReplaySeconds: number;
  /** `undefined`: the token endpoint asks for no nonce. */
  readonly dpopNonces: DpopNonces | undefined;
  /** DPoP proofs that came before. */
  readonly dpopProofs: DpopProofStore;
  /** `undefined`: any. */
  readonly audiences: readonly string[] | undefined;
  readonly people: readonly TestPerson[];
  /** The `amr` of each `acr`, weakest first. */
  readonly acrValues: Readonly<Record<string, readonly string[]>>;
  readonly clients: Map<string, TestClient>;
  readonly codes: Map<string, PendingCode>;
  readonly grants: Map<string, RefreshTokenGrant>;
  /** Whose `sid` each is, and in which session. */
  readonly sids: Map<string, { readonly clientId: string; readonly signOn: TestSignOn }>;
  readonly accessTokens: Map<string, IssuedAccessToken>;
  /** The names of people at pairwise clients. */
  readonly pairwise: Map<string, string>;
  readonly faults: Map<Endpoint, PlannedFault>;
  readonly gates: Map<Endpoint, Gate>;
  readonly requests: TestRequest[];
  alteration: Alteration;
}

/** A request that reached the test issuer. */
export interface TestRequest {
  readonly endpoint: Endpoint;
  readonly url: string;
  /** The form of a token request; secrets included, as this is a test. */
  readonly form: URLSearchParams;
  readonly headers: Headers;
}
