import * as oauth from 'oauth4webapi';
import { type Clock, systemClock } from '../foundation/index.ts';
import { libraryFetch } from './dial.ts';
import type { AnyOptions } from './site.ts';

/** The pieces that every call of `oauth4webapi` wants. */
export interface OAuthClient {
  client(): oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly request: Pick<
    oauth.TokenEndpointRequestOptions & oauth.UserInfoRequestOptions,
    typeof oauth.customFetch | typeof oauth.allowInsecureRequests
  >;
  /** The same where the site's own access token is asked for: it names the site's API (RFC 8707 §2.2). */
  readonly tokenRequest: oauth.TokenEndpointRequestOptions;
}

export function createOAuthClient(options: AnyOptions, dial: typeof fetch, clock: Clock): OAuthClient {
  const { issuer, clientId, audience } = options;
  const request = {
    [oauth.customFetch]: libraryFetch(dial),
    [oauth.allowInsecureRequests]: issuer.startsWith('http:'), // loopback only, see requireOptions
  };
  return {
    // The library reads the system's clock; the difference lets ours decide.
    client: () => ({
      client_id: clientId,
      [oauth.clockSkew]: clock() - systemClock(),
      [oauth.clockTolerance]: 30,
    }),
    authentication: authenticationOf(options),
    request,
    tokenRequest:
      audience === undefined ? request : { ...request, additionalParameters: { resource: audience } },
  };
}

/** One way for a client to prove itself (OIDC Core §9, RFC 7523 §2.2); PKCE alone for a public one. */
function authenticationOf({ clientSecret, clientSecretMethod, clientKey }: AnyOptions): oauth.ClientAuth {
  if (clientKey) return oauth.PrivateKeyJwt({ key: clientKey.privateKey, kid: clientKey.kid });
  if (clientSecret === undefined) return oauth.None();
  return clientSecretMethod === 'client_secret_post'
    ? oauth.ClientSecretPost(clientSecret)
    : oauth.ClientSecretBasic(clientSecret);
}
