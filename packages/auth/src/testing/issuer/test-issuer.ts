import { authorize, type AuthorizeAnswer, type AuthorizeOptions } from './authorize.ts';
import type { Endpoint, Fault } from './faults.ts';
import { createGate, type Hold } from './hold.ts';
import { answerRequest, endSessionEndpointOf } from './issuer-endpoints.ts';
import type { Alteration, IssuerState, TestRequest } from './issuer-state.ts';
import { createLogoutRequest } from './logout-request.ts';
import type { Mint } from './mint.ts';
import { endSession } from './end-session-endpoint.ts';
import type { TestClock } from '../test-clock.ts';
import { createState, DEFAULT_AUDIENCE, type TestIssuerOptions } from './test-issuer-options.ts';
import type { TestKeyRing } from './test-key-ring.ts';
import type { TestSignOn } from './test-people.ts';

/** A small issuer inside the test's own process: no port, a clock that stands still, and faults on demand. */
export interface TestIssuer extends Mint {
  readonly issuer: string;
  readonly clientId: string;
  readonly audience: string;
  readonly clock: TestClock;
  /** Give it to whatever calls the provider: it answers discovery, JWKS and token requests, and refuses other hosts. */
  readonly fetch: typeof fetch;
  readonly keys: TestKeyRing;
  /** Where a browser goes to sign out. */
  readonly endSessionEndpoint: string;
  /** Plays the browser at the authorization endpoint. */
  authorize(request: string | URL, options?: AuthorizeOptions): AuthorizeAnswer;
  /** Plays the browser at the end-session endpoint; where it goes next, `undefined` for a page of the issuer's own. */
  endSession(request: string | URL): URL | undefined;
  /** Ends a sign-on session: refresh and exchange of its tokens are refused from now on. */
  signOut(signOn: TestSignOn): void;
  /**
   * A new back-channel logout request for a sign-on session (OIDC Back-Channel Logout 1.0 §2.5), for the site's own handler.
   * The session at the issuer does not end.
   *
   * @param baseUrl of the site. @param clientId default: the first client.
   * @example `await site.handler(await issuer.logoutRequest(signOn, 'https://app.example'));`
   */
  logoutRequest(signOn: TestSignOn, baseUrl: string, clientId?: string): Promise<Request>;
  /** Ends every refresh token. Sign-on sessions stay. */
  revokeRefreshTokens(): void;
  /** Makes an endpoint misbehave: for the next `times` calls, or until it is called without a fault. */
  fail(endpoint: Endpoint, fault?: Fault, options?: { readonly times?: number }): void;
  /**
   * Holds back an endpoint's answers until they are released: to test races without a sleep.
   *
   * @example
   * ```ts
   * const held = issuer.hold('token');
   * const arriving = browser.visit(callback.pathname + callback.search);
   * await held.arrived; // the code is redeemed, the site waits
   * issuer.signOut(signOn);
   * await held.release();
   * ```
   */
  hold(endpoint: Endpoint): Hold;
  /** Alters tokens and documents until it is called without an argument. Each call replaces the alteration before it. */
  alter(alteration?: Alteration): void;
  /** The requests to an endpoint so far, oldest first, including those that were answered with a fault. */
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
  const [clientId = ''] = state.clients.keys();
  return {
    ...mint,
    issuer,
    clientId,
    audience: options.audience ?? DEFAULT_AUDIENCE,
    clock,
    keys,
    endSessionEndpoint: endSessionEndpointOf(issuer),
    fetch: (input, init) => answerRequest(state, new Request(input, init)),
    authorize: (request, choices) => authorize(state, request, choices),
    endSession: (request) => endSession(state, request),
    logoutRequest: (signOn, baseUrl, aud = clientId) => createLogoutRequest(mint, { signOn, baseUrl, aud }),
    ...createControls(state),
  };
}

type Controls = Pick<TestIssuer, 'signOut' | 'revokeRefreshTokens' | 'fail' | 'hold' | 'alter' | 'requests'>;

/** The methods by which a test controls the issuer. */
function createControls(state: IssuerState): Controls {
  return {
    signOut(signOn) {
      signOn.ended = true;
    },
    revokeRefreshTokens() {
      for (const { family } of state.grants.values()) family.ended = true;
    },
    fail(endpoint, fault, { times = Number.POSITIVE_INFINITY } = {}) {
      if (fault === undefined || times < 1) state.faults.delete(endpoint);
      else state.faults.set(endpoint, { fault, left: times });
    },
    hold: (endpoint) => hold(state, endpoint),
    alter(alteration = {}) {
      state.alteration = alteration;
    },
    requests: (endpoint) => state.requests.filter((request) => request.endpoint === endpoint),
  };
}

function hold({ gates }: IssuerState, endpoint: Endpoint): Hold {
  const gate = createGate();
  gates.set(endpoint, gate);
  return {
    arrived: gate.arrived,
    release() {
      if (gates.get(endpoint) === gate) gates.delete(endpoint);
      return gate.release();
    },
  };
}
