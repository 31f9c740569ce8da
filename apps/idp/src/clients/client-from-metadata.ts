import type { z } from 'zod';
import { findNameProblem } from '../foundation/names.ts';
import type { Client } from './client.ts';
import { hasSecret } from './contradictions.ts';
import type { storedClientSchema } from './metadata-schema.ts';
import { ASSERTION_ALGS } from './metadata-values.ts';
import { requireSector } from './sector.ts';

/** @param secrets - ignored for a client that authenticates without one. */
export function clientFromMetadata(
  clientId: string,
  registration: z.infer<typeof storedClientSchema>,
  secrets: Pick<Client, 'secretHash' | 'previousSecret'>,
): Client {
  const { token_endpoint_auth_method: method } = registration;
  const { token_endpoint_auth_signing_alg: assertionAlg } = registration;
  return {
    clientId,
    name: nameOf(clientId, registration.client_name),
    uri: linkOf(registration.client_uri) && registration.client_uri,
    logoUri: registration.logo_uri,
    policyUri: linkOf(registration.policy_uri),
    tosUri: linkOf(registration.tos_uri),
    initiateLoginUri: registration.initiate_login_uri,
    secretHash: hasSecret(method) ? secrets.secretHash : undefined,
    previousSecret: hasSecret(method) ? secrets.previousSecret : undefined,
    native: registration.application_type === 'native',
    redirectUris: registration.redirect_uris,
    postLogoutRedirectUris: registration.post_logout_redirect_uris,
    backchannelLogoutUri: registration.backchannel_logout_uri,
    securityEventUri: registration.security_event_uri,
    grantTypes: registration.grant_types,
    responseModes: registration.response_modes,
    authMethods: method === undefined ? ['client_secret_basic', 'client_secret_post'] : [method],
    jwks: registration.jwks,
    jwksUri: registration.jwks_uri,
    assertionAlgs: assertionAlg === undefined ? ASSERTION_ALGS : [assertionAlg],
    idTokenAlg: registration.id_token_signed_response_alg,
    sector: registration.subject_type === 'pairwise' ? requireSector(registration) : undefined,
    scope: registration.scope.split(' ').filter(Boolean),
    // Only the operator may say that a client can't do PKCE (RFC 9700 §2.1.1).
    requirePkce: registration.require_pkce || registration.self_registered,
    requirePushedRequests: registration.require_pushed_authorization_requests,
    dpopBound: registration.dpop_bound_access_tokens,
    firstParty: registration.first_party,
    dynamicallyRegistered: registration.self_registered,
    consentsSince: registration.consents_since,
    resources: registration.resources,
    audiences: registration.audiences,
    permissions: registration.permissions,
  };
}

/** Earlier releases stored names that nobody can read, and names that reorder what stands beside them. */
function nameOf(clientId: string, name: string | undefined): string {
  return name !== undefined && findNameProblem(name) === undefined ? name : clientId;
}

/** As browsers read it. One with a user name before its host looks like a link to somewhere else, so it leads nowhere. */
function linkOf(address: string | undefined): string | undefined {
  const url = address === undefined ? undefined : new URL(address);
  return url?.username === '' && url.password === '' ? url.href : undefined;
}
