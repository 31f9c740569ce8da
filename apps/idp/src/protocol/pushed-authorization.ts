import type { DpopProof } from '@sso/auth/tokens';
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
import type { AuthorizationRequest } from '../store/index.ts';
import { paths } from './metadata.ts';
import { consumeProof, findProof, nonceHeader } from './token/dpop.ts';
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
  // A key is named by `dpop_jkt` as well, so that no client needs a proof here (RFC 9449 §10.1).
  const proof = await findProof(provider, request, client, { path: paths.pushed, isDemanded: false });
  const asked = await requireAuthorizationRequest(provider, target, params);
  const pushed = { ...asked, dpopJkt: requireSameKey(asked, proof) };
  // A public client only says who it is, so its requests count for where they come from.
  const from = isPublic(client) ? { address: context.clientAddress() } : { clientId: client.clientId };
  if (proof) await consumeProof(provider, proof);
  return Response.json(
    { request_uri: await savePushedRequest(provider, pushed, from), expires_in: PUSHED_REQUEST_SECONDS },
    { status: 201, headers: { ...NO_STORE, ...(proof && (await nonceHeader(provider))) } },
  );
}

/** RFC 9449 §10.1: a proof says which key the code is to be bound to, as `dpop_jkt` does; both have to say the same. */
function requireSameKey({ dpopJkt }: AuthorizationRequest, proof: DpopProof | undefined): string | undefined {
  if (!proof || dpopJkt === undefined || dpopJkt === proof.jkt) return proof?.jkt ?? dpopJkt;
  throw new OAuthError('invalid_dpop_proof', 'dpop_jkt names another key than the one of the proof');
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
