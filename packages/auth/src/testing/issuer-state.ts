import type { Forgery } from './forge.ts';
import type { Endpoint, Fault } from './faults.ts';
import type { TokenResponse } from './issue-tokens.ts';
import type { Mint } from './mint.ts';
import type { TestClock } from './test-clock.ts';
import type { TestKeyRing } from './test-key-ring.ts';
import type { TestSignOn } from './test-people.ts';

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

/** A code that was handed out. */
export interface PendingCode {
  /** Integer seconds. */
  readonly issuedAt: number;
  readonly clientId: string;
  readonly signOn: TestSignOn;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
  readonly scope: string;
  readonly audience: string | undefined;
  /** What it gave, once it was redeemed: a second try ends that (RFC 6749 §4.1.2). */
  family?: TestFamily;
}

/** All refresh tokens that came of one code. */
export interface TestFamily {
  ended: boolean;
}

/** What a refresh token stands for. */
export interface TestGrant {
  readonly clientId: string;
  readonly signOn: TestSignOn;
  readonly scope: string;
  readonly audience: string | undefined;
  readonly family: TestFamily;
  /** Its first use: when, what was asked, and the answer. */
  used?: { readonly at: number; readonly asked: string; readonly response: Promise<TokenResponse> };
}

/** How the next token responses differ from right ones. */
export interface Alteration {
  readonly idToken?: Forgery;
  readonly accessToken?: Forgery;
  /** Members of the response to set; `undefined` removes one. */
  readonly response?: Readonly<Record<string, unknown>>;
}

/** Everything the test issuer remembers. */
export interface IssuerState {
  readonly issuer: string;
  readonly clock: TestClock;
  readonly keys: TestKeyRing;
  readonly mint: Mint;
  readonly accessTokenSeconds: number;
  readonly refreshReplaySeconds: number;
  /** `undefined`: any. */
  readonly audiences: readonly string[] | undefined;
  readonly clients: Map<string, TestClient>;
  readonly codes: Map<string, PendingCode>;
  readonly grants: Map<string, TestGrant>;
  readonly signOns: Map<string, TestSignOn>;
  readonly faults: Map<Endpoint, Fault>;
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
