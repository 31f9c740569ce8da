import type { Forgery } from './forge.ts';
import type { Endpoint, PlannedFault } from './faults.ts';
import type { Gate } from './hold.ts';
import type { TokenResponse } from './issue-tokens.ts';
import type { Mint, Sign } from './mint.ts';
import type { TestClock } from './test-clock.ts';
import type { TestKeyRing } from './test-key-ring.ts';
import type { TestPerson, TestProof, TestSignOn } from './test-people.ts';

/** A client that the test issuer knows. */
export interface TestClient {
  readonly clientId: string;
  /** Without one the client is public. */
  readonly clientSecret?: string;
  /** Exact addresses; default: any. */
  readonly redirectUris?: readonly string[];
  /** Exact addresses; default: any. */
  readonly postLogoutRedirectUris?: readonly string[];
}

/** What a login granted a client. */
export interface TestGranted {
  readonly clientId: string;
  readonly signOn: TestSignOn;
  /** Of that login: what the person proves later changes nothing here (OIDC Core §12.2). */
  readonly proof: TestProof;
  readonly scope: string;
  /** `undefined`: the issuer itself. */
  readonly audience: string | undefined;
}

/** A code that was handed out. */
export interface PendingCode extends TestGranted {
  /** Integer seconds. */
  readonly issuedAt: number;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  /** What it gave, once it was redeemed: a second try ends that (RFC 6749 §4.1.2). */
  family?: TestFamily;
}

/** All refresh tokens that came of one code. */
export interface TestFamily {
  ended: boolean;
}

/** What a refresh token stands for. */
export interface TestGrant extends TestGranted {
  readonly family: TestFamily;
  /** Its first use: when, what was asked, and the answer. */
  used?: { readonly at: number; readonly asked: string; readonly response: Promise<TokenResponse> };
}

/** Members of a JSON answer to set; `undefined` removes one. */
type Members = Readonly<Record<string, unknown>>;

/** How what the issuer says differs from what is right. */
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

/** Everything the test issuer remembers. */
export interface IssuerState {
  readonly issuer: string;
  readonly clock: TestClock;
  readonly keys: TestKeyRing;
  readonly sign: Sign;
  readonly mint: Mint;
  readonly accessTokenSeconds: number;
  readonly refreshReplaySeconds: number;
  /** `undefined`: any. */
  readonly audiences: readonly string[] | undefined;
  readonly people: readonly TestPerson[];
  /** The `amr` of each `acr`, weakest first. */
  readonly acrValues: Readonly<Record<string, readonly string[]>>;
  readonly clients: Map<string, TestClient>;
  readonly codes: Map<string, PendingCode>;
  readonly grants: Map<string, TestGrant>;
  readonly signOns: Map<string, TestSignOn>;
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
