import { respondWithFault, type Endpoint, takeFault } from './faults.ts';
import { DPOP_ALGORITHMS } from './dpop.ts';
import type { IssuerState } from './issuer-state.ts';
import { answerRevocation } from './revocation-endpoint.ts';
import { answerToken } from './token-endpoint.ts';
import { answerUserinfo } from './userinfo-endpoint.ts';

type Answer = (state: IssuerState, form: URLSearchParams, headers: Headers) => Promise<Response>;

const endpoints: Readonly<Record<Endpoint, Answer>> = {
  discovery: async (state) => Response.json({ ...metadataOf(state), ...state.alteration.metadata }),
  jwks: async ({ keys, alteration }) => Response.json({ ...keys.jwks(), ...alteration.jwks }),
  token: (state, form, headers) => answerToken(state, { form, headers, url: tokenEndpointOf(state.issuer) }),
  userinfo: (state, _form, headers) => answerUserinfo(state, headers, metadataOf(state).userinfo_endpoint),
  revocation: answerRevocation,
};

/** Answers a request: with a fault where one is planned, and held back where a test says so. */
export async function answerRequest(state: IssuerState, request: Request): Promise<Response> {
  const endpoint = endpointOf(state, new URL(request.url));
  // Fails for any other address, because nothing under test may connect to what a token or a document names.
  if (!endpoint) throw new TypeError(`the test issuer has nothing at ${request.url}`);
  const form = new URLSearchParams(request.method === 'POST' ? await request.text() : '');
  state.requests.push({ endpoint, url: request.url, form, headers: request.headers });
  const fault = takeFault(state.faults, endpoint);
  const gate = state.gates.get(endpoint);
  const answer = fault
    ? respondWithFault(fault, request.signal)
    : endpoints[endpoint](state, form, request.headers);
  return gate ? gate.pass(answer, request.signal) : answer;
}

function endpointOf(state: IssuerState, { origin, pathname }: URL): Endpoint | undefined {
  const own = metadataOf(state);
  const addresses: Readonly<Record<string, Endpoint>> = {
    [`${baseOf(state.issuer)}/.well-known/openid-configuration`]: 'discovery',
    [own.jwks_uri]: 'jwks',
    [own.token_endpoint]: 'token',
    [own.userinfo_endpoint]: 'userinfo',
    [own.revocation_endpoint]: 'revocation',
  };
  return addresses[origin + pathname];
}

/** OIDC Discovery §4.1: endpoints are appended to the issuer without its trailing slash. */
const baseOf = (issuer: string) => issuer.replace(/\/$/, '');

export const tokenEndpointOf = (issuer: string): string => `${baseOf(issuer)}/token`;

export const endSessionEndpointOf = (issuer: string): string => `${baseOf(issuer)}/end-session`;

/** The discovery document (OIDC Discovery §3), with what this issuer supports. */
function metadataOf({ issuer, keys, acrValues }: IssuerState) {
  const base = baseOf(issuer);
  return {
    issuer,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: tokenEndpointOf(issuer),
    jwks_uri: `${base}/jwks`,
    userinfo_endpoint: `${base}/userinfo`,
    revocation_endpoint: `${base}/revoke`,
    end_session_endpoint: endSessionEndpointOf(issuer),
    response_types_supported: ['code'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: [keys.signer().alg],
    code_challenge_methods_supported: ['S256'],
    dpop_signing_alg_values_supported: DPOP_ALGORITHMS,
    acr_values_supported: Object.keys(acrValues),
    authorization_response_iss_parameter_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
  };
}
