import { NO_STORE, OAuthError } from '../http/oauth-error.ts';
import { PageError } from '../http/page-error.ts';
import { type Params, readForm } from '../http/params.ts';
import type { RequestContext } from '../http/routes.ts';
import type { Client } from '../clients/client.ts';
import type { Provider } from '../provider.ts';
import { PUSHED_REQUEST_SECONDS, savePushedRequest } from './authorize/pushed-request.ts';
import {
  type RedirectTarget,
  requireNamedTarget,
  requireRedirectTarget,
} from './authorize/redirect-target.ts';
import { requireAuthorizationRequest } from './authorize/request.ts';
import { isPublic, requireClient } from './token/client-authentication.ts';

/**
 * The pushed authorization request endpoint (RFC 9126 §2): the client sends the request itself, authenticated, and
 * the browser only carries a reference to it, which nobody can change on the way.
 *
 * @throws OAuthError
 */
export async function pushRequest(
  provider: Provider,
  request: Request,
  context: RequestContext,
): Promise<Response> {
  const params = await readForm(request);
  const client = await requireClient(provider, request, params, context);
  if (params.get('request_uri') !== undefined)
    throw new OAuthError('invalid_request', 'a pushed request holds no request_uri (RFC 9126 section 2.1)');
  const target = requireOwnTarget(provider, client, params);
  const pushed = await requireAuthorizationRequest(provider, target, params);
  // A public client only says who it is, so its requests count for where they come from.
  const from = isPublic(client) ? { address: context.clientAddress() } : { clientId: client.clientId };
  return Response.json(
    { request_uri: await savePushedRequest(provider, pushed, from), expires_in: PUSHED_REQUEST_SECONDS },
    { status: 201, headers: NO_STORE },
  );
}

/** What a person would see as a page at the authorization endpoint, the client reads as an error (RFC 9126 §2.3). */
function requireOwnTarget(provider: Provider, { clientId }: Client, params: Params): RedirectTarget {
  try {
    const { redirectUri } = requireNamedTarget(params);
    return requireRedirectTarget(provider.clients, { clientId, redirectUri });
  } catch (error) {
    throw error instanceof PageError ? new OAuthError('invalid_request', error.reason) : error;
  }
}
