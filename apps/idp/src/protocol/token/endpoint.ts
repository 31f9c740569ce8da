import type { Client } from '../../clients/client.ts';
import { GRANT_TYPES } from '../../clients/metadata-values.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import { type Params, readSingleForm } from '../../http/params.ts';
import type { RequestContext } from '../../http/routes.ts';
import type { Provider } from '../../provider.ts';
import { paths } from '../metadata.ts';
import { consumeProof, findProof, nonceHeader } from './dpop.ts';
import { tokenResponse } from './token-response.ts';
import { handleAuthorizationCode } from './grants/authorization-code.ts';
import { requireClient } from './client-authentication.ts';
import { handleClientCredentials } from './grants/client-credentials.ts';
import { handleRefreshToken } from './grants/refresh-token.ts';
import { handleTokenExchange } from './grants/token-exchange.ts';

/** Answers with the body of the token response. */
type GrantHandler = (
  provider: Provider,
  client: Client,
  params: Params,
  /** The thumbprint of the key that the request proved. */
  jkt: string | undefined,
) => Promise<string>;

const grants: ReadonlyMap<string, GrantHandler> = new Map([
  [GRANT_TYPES.code, handleAuthorizationCode],
  [GRANT_TYPES.refresh, handleRefreshToken],
  [GRANT_TYPES.client, handleClientCredentials],
  [GRANT_TYPES.exchange, handleTokenExchange],
]);

/**
 * The token endpoint (RFC 6749 §3.2): POST of a form, parameters of the body only (P-23: a secret in a URL ends in
 * logs), each once.
 *
 * @throws OAuthError
 */
export async function token(provider: Provider, request: Request, from: RequestContext): Promise<Response> {
  const params = await readSingleForm(request);
  const client = await requireClient(provider, request, params, from);
  const handle = requireGrant(client, params);
  const proof = await findProof(provider, request, client, {
    path: paths.token,
    isDemanded: client.dpopBound,
  });
  const body = await handle(provider, client, params, proof?.jkt);
  if (!proof) return tokenResponse(body);
  await consumeProof(provider, proof);
  return tokenResponse(body, await nonceHeader(provider));
}

/** P-24: a client gets tokens only by the grant types it registered. */
function requireGrant(client: Client, params: Params): GrantHandler {
  const grantType = params.get('grant_type');
  if (grantType === undefined) throw new OAuthError('invalid_request', 'grant_type is missing');
  const handler = grants.get(grantType);
  if (!handler) throw new OAuthError('unsupported_grant_type', 'this grant_type is not supported here');
  if (!client.grantTypes.includes(grantType)) {
    throw new OAuthError('unauthorized_client', 'the client is not registered for this grant_type');
  }
  return handler;
}
