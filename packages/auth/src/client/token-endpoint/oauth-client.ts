import * as oauth from 'oauth4webapi';
import { type Clock, CLOCK_TOLERANCE_SECONDS, systemClock } from '../../foundation/index.ts';
import { toOAuthFetch } from '../../provider/index.ts';
import type { AnyOptions } from '../options.ts';

/** What every call of `oauth4webapi` takes. */
export interface OAuthClient {
  client(): oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly request: Pick<
    oauth.TokenEndpointRequestOptions & oauth.UserInfoRequestOptions,
    typeof oauth.customFetch | typeof oauth.allowInsecureRequests
  >;
  /** The same for requests of the site's own access token: they name the site's API (RFC 8707 §2.2). */
  readonly tokenRequest: oauth.TokenEndpointRequestOptions;
}

export function createOAuthClient(
  options: AnyOptions,
  providerFetch: typeof fetch,
  clock: Clock,
): OAuthClient {
  const { issuer, clientId, audience } = options;
  const request = {
    [oauth.customFetch]: toOAuthFetch(providerFetch),
    [oauth.allowInsecureRequests]: issuer.startsWith('http:'), // loopback only, see requireOptions
  };
  return {
    // The library reads the system's clock; the difference lets ours decide.
    client: () => ({
      client_id: clientId,
      [oauth.clockSkew]: clock() - systemClock(),
      [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
    }),
    authentication: authenticationOf(options),
    request,
    tokenRequest:
      audience === undefined ? request : { ...request, additionalParameters: { resource: audience } },
  };
}

/** How the client authenticates (OIDC Core §9, RFC 7523 §2.2). A public client relies on PKCE alone. */
function authenticationOf({ clientSecret, clientSecretMethod, clientKey }: AnyOptions): oauth.ClientAuth {
  if (clientKey) return oauth.PrivateKeyJwt({ key: clientKey.privateKey, kid: clientKey.kid });
  if (clientSecret === undefined) return oauth.None();
  return clientSecretMethod === 'client_secret_post'
    ? oauth.ClientSecretPost(clientSecret)
    : oauth.ClientSecretBasic(clientSecret);
}
