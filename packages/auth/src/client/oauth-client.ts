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
}

export function createOAuthClient(
  { issuer, clientId, clientSecret }: AnyOptions,
  dial: typeof fetch,
  clock: Clock,
): OAuthClient {
  return {
    // The library reads the system's clock; the difference lets ours decide.
    client: () => ({
      client_id: clientId,
      [oauth.clockSkew]: clock() - systemClock(),
      [oauth.clockTolerance]: 30,
    }),
    authentication: clientSecret === undefined ? oauth.None() : oauth.ClientSecretBasic(clientSecret),
    request: {
      [oauth.customFetch]: libraryFetch(dial),
      [oauth.allowInsecureRequests]: issuer.startsWith('http:'), // loopback only, see requireOptions
    },
  };
}
