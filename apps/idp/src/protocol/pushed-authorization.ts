import { NO_STORE, OAuthError } from '../http/oauth-error.ts';
import { PageError } from '../http/page-error.ts';
import { type Params, paramsOf, readForm } from '../http/params.ts';
import type { Client } from '../clients/client.ts';
import type { Provider } from '../provider.ts';
import { type Recipient, requireRecipient } from './authorize/redirect-target.ts';
import { requireRequest } from './authorize/request.ts';
import { pushedUri } from './authorize/pushed-request.ts';
import { requireClient } from './token/client-authentication.ts';

/** RFC 9126 §2.2: between 5 and 600 s. A redirect takes one; a slow phone gets a minute and a half. */
const PUSHED_SECONDS = 90;

/**
 * The pushed authorization request endpoint (RFC 9126 §2): the client sends the request itself, authenticated, and
 * the browser only carries a reference to it, which nobody can change on the way.
 *
 * @throws OAuthError
 */
export async function pushRequest(provider: Provider, request: Request): Promise<Response> {
  const params = await readForm(request);
  const client = await requireClient(provider, request, params);
  if (params.get('request_uri') !== undefined)
    throw new OAuthError('invalid_request', 'a pushed request holds no request_uri (RFC 9126 section 2.1)');
  const pushed = await requireRequest(provider, requireOwnRecipient(provider, client, params), params);
  const id = await provider.held.push(pushed, PUSHED_SECONDS);
  return Response.json(
    { request_uri: pushedUri(id), expires_in: PUSHED_SECONDS },
    { status: 201, headers: NO_STORE },
  );
}

/** What a person would see as a page at the authorization endpoint, the client reads as an error (RFC 9126 §2.3). */
function requireOwnRecipient(provider: Provider, { clientId }: Client, params: Params): Recipient {
  const named = new URLSearchParams({ client_id: clientId });
  for (const uri of params.all('redirect_uri')) named.append('redirect_uri', uri);
  try {
    return requireRecipient(paramsOf(named), provider.clients);
  } catch (error) {
    throw error instanceof PageError ? new OAuthError('invalid_request', error.reason) : error;
  }
}
