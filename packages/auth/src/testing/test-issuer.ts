import type { SigningAlgorithm } from '../tokens/index.ts';
import { authorize, type AuthorizeAnswer, type AuthorizeOptions } from './authorize.ts';
import { actOut, type Endpoint, type Fault } from './faults.ts';
import type { Alteration, IssuerState, TestClient, TestRequest } from './issuer-state.ts';
import { createMint, type Mint } from './mint.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createTestKeyRing, type TestKeyRing } from './test-key-ring.ts';
import type { TestSignOn } from './test-people.ts';
import { answerRevocation, answerUserinfo, endSession } from './other-endpoints.ts';
import { answerToken } from './token-endpoint.ts';

export interface TestIssuerOptions {
  /** Default `https://issuer.example`. */
  readonly issuer?: string;
  /** The first is the one that minted tokens are for. Default `{ clientId: 'app', clientSecret: 'app-secret' }`. */
  readonly clients?: readonly [TestClient, ...TestClient[]];
  /** The audience of minted access tokens. Default `https://api.example`. */
  readonly audience?: string;
  /** Default `ES256`. */
  readonly algorithm?: SigningAlgorithm;
  /** Default: one that stands still at 2030-01-01. */
  readonly clock?: TestClock;
  /** Default 600. */
  readonly accessTokenSeconds?: number;
  /**
   * How long a second use of a refresh token is answered alike. Default 10; with 0 every second use is theft, as strict
   * providers have it.
   */
  readonly refreshReplaySeconds?: number;
  /** The APIs it issues access tokens for. Default: any. */
  readonly audiences?: readonly string[];
}

/** A small issuer inside the test's own process: no port, no clock that runs, every fault at hand. */
export interface TestIssuer extends Mint {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly clock: TestClock;
  /** Give it to whatever calls the provider: it answers discovery, JWKS and token requests, and refuses other hosts. */
  readonly fetch: typeof fetch;
  readonly keys: TestKeyRing;
  /** Plays the browser at the authorization endpoint. */
  authorize(request: string | URL, options?: AuthorizeOptions): AuthorizeAnswer;
  /** Plays the browser at the end-session endpoint; where it goes next, `undefined` for a page of the issuer's own. */
  endSession(request: string | URL): URL | undefined;
  /** Ends a sign-on session: refresh and exchange of its tokens are refused from now on. */
  signOut(signOn: TestSignOn): void;
  /** Ends every refresh token that it gave, and no sign-on session. */
  revokeRefreshTokens(): void;
  /** Makes an endpoint misbehave until it is called without a fault. */
  fail(endpoint: Endpoint, fault?: Fault): void;
  /** Makes the next token responses differ, until it is called without an argument. */
  alter(alteration?: Alteration): void;
  /** What reached an endpoint so far, oldest first; requests that met a fault included. */
  requests(endpoint: Endpoint): readonly TestRequest[];
}

/**
 * Creates an issuer for tests of sites and APIs.
 *
 * @example
 * ```ts
 * const issuer = await createTestIssuer();
 * const api = createResourceServer({ issuer: issuer.issuer, audience: issuer.audience, fetch: issuer.fetch, clock: issuer.clock });
 * const token = await issuer.accessToken({ permissions: ['things.read'] });
 * ```
 */
export async function createTestIssuer(options: TestIssuerOptions = {}): Promise<TestIssuer> {
  const state = await createState(options);
  const { issuer, clock, keys, mint } = state;
  const [first] = state.clients.keys();
  return {
    ...mint,
    issuer,
    clientId: first ?? '',
    audience: options.audience ?? DEFAULT_AUDIENCE,
    clock,
    keys,
    fetch: (input, init) => answer(state, new Request(input, init)),
    authorize: (request, choices) => authorize(state, request, choices),
    endSession: (request) => endSession(state, request),
    signOut(signOn) {
      signOn.ended = true;
    },
    revokeRefreshTokens() {
      for (const { family } of state.grants.values()) family.ended = true;
    },
    fail(endpoint, fault) {
      if (fault === undefined) state.faults.delete(endpoint);
      else state.faults.set(endpoint, fault);
    },
    alter(alteration = {}) {
      state.alteration = alteration;
    },
    requests: (endpoint) => state.requests.filter((request) => request.endpoint === endpoint),
  };
}

const DEFAULT_AUDIENCE = 'https://api.example';

async function createState(options: TestIssuerOptions): Promise<IssuerState> {
  const {
    issuer = 'https://issuer.example',
    audience = DEFAULT_AUDIENCE,
    clock = createTestClock(),
  } = options;
  const clients = options.clients ?? [{ clientId: 'app', clientSecret: 'app-secret' }];
  const keys = await createTestKeyRing(options.algorithm ?? 'ES256');
  return {
    issuer,
    clock,
    keys,
    mint: createMint({ issuer, clientId: clients[0].clientId, audience, clock, keys }),
    accessTokenSeconds: options.accessTokenSeconds ?? 600,
    refreshReplaySeconds: options.refreshReplaySeconds ?? 10,
    audiences: options.audiences,
    clients: new Map(clients.map((client) => [client.clientId, client])),
    codes: new Map(),
    grants: new Map(),
    signOns: new Map(),
    faults: new Map(),
    requests: [],
    alteration: {},
  };
}

async function answer(state: IssuerState, request: Request): Promise<Response> {
  const endpoint = endpointOf(state, new URL(request.url));
  // A stranger's address must fail loudly: nothing may dial what a token or a document names.
  if (!endpoint) throw new TypeError(`the test issuer has nothing at ${request.url}`);
  const form = new URLSearchParams(request.method === 'POST' ? await request.text() : '');
  state.requests.push({ endpoint, url: request.url, form, headers: request.headers });
  const fault = state.faults.get(endpoint);
  if (fault) return actOut(fault, request.signal);
  return endpoints[endpoint](state, form, request.headers);
}

type Answer = (state: IssuerState, form: URLSearchParams, headers: Headers) => Promise<Response>;

const endpoints: Readonly<Record<Endpoint, Answer>> = {
  discovery: async ({ issuer }) => Response.json(metadataOf(issuer)),
  jwks: async ({ keys }) => Response.json(keys.jwks()),
  token: answerToken,
  userinfo: (state, _form, headers) => answerUserinfo(state, headers),
  revocation: answerRevocation,
};

function endpointOf({ issuer }: IssuerState, { origin, pathname }: URL): Endpoint | undefined {
  const { jwks_uri, token_endpoint, userinfo_endpoint, revocation_endpoint } = metadataOf(issuer);
  const addresses: Readonly<Record<string, Endpoint>> = {
    [`${issuer}/.well-known/openid-configuration`]: 'discovery',
    [jwks_uri]: 'jwks',
    [token_endpoint]: 'token',
    [userinfo_endpoint]: 'userinfo',
    [revocation_endpoint]: 'revocation',
  };
  return addresses[origin + pathname];
}

/** The discovery document (OIDC Discovery §3), as far as it is true. */
function metadataOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    revocation_endpoint: `${issuer}/revoke`,
    end_session_endpoint: `${issuer}/end-session`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  };
}
