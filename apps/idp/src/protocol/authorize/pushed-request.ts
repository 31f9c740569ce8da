import { findSiteAddress } from '../../clients/site-address.ts';
import { PageError } from '../../http/page-error.ts';
import type { Params } from '../../http/params.ts';
import type { RequestOrigin } from '../../http/routes.ts';
import type { Provider } from '../../provider.ts';
import type { AuthorizationRequest } from '../../store/index.ts';

/** RFC 9126 §2.2: between 5 and 600 s. A redirect takes one; a slow phone gets a minute and a half. */
export const PUSHED_REQUEST_SECONDS = 90;

const PREFIX = 'urn:ietf:params:oauth:request_uri:';

/** Keeps a request that its client pushed, and returns the `request_uri` that stands for it (RFC 9126 §2.2). */
export async function savePushedRequest(
  { interactions, clock }: Provider,
  request: AuthorizationRequest,
  from: RequestOrigin,
): Promise<string> {
  return PREFIX + (await interactions.push(request, clock() + PUSHED_REQUEST_SECONDS, from));
}

/**
 * Takes up the pushed request that `request_uri` names: only for the client that pushed it, and once; other
 * parameters count for nothing (RFC 9126 §4).
 *
 * @returns undefined where `request_uri` is absent or no reference of ours.
 * @throws PageError when the reference was used, has expired or belongs to another client.
 */
export async function consumePushedRequest(
  provider: Provider,
  params: Params,
): Promise<AuthorizationRequest | undefined> {
  const requestUri = params.get('request_uri');
  if (requestUri?.startsWith(PREFIX) !== true) return undefined;
  const repeated = params.repeated().some((name) => name === 'client_id' || name === 'request_uri');
  const id = requestUri.slice(PREFIX.length);
  const request = repeated ? undefined : await consume(provider, id, params.get('client_id'));
  if (!request) throw requestUriOver(provider, params.get('client_id'));
  return request;
}

/** Another client's attempt must not use the request up, so its owner is checked first. */
async function consume(
  { store, clock }: Provider,
  id: string,
  clientId: string | undefined,
): Promise<AuthorizationRequest | undefined> {
  const pushed = (await store.findInteraction(id, clock()))?.request;
  if (pushed?.kind !== 'pushed' || pushed.request.clientId !== clientId) return undefined;
  return (await store.removeInteraction(id)) ? pushed.request : undefined;
}

function requestUriOver({ clients, issuer }: Provider, clientId: string | undefined): PageError {
  const client = clientId === undefined ? undefined : clients.find(clientId);
  const href = client && findSiteAddress(client, issuer);
  return new PageError({
    status: 400,
    code: 'request_uri_over',
    title: 'This sign-in can’t be taken up again',
    reason:
      'The request behind it (request_uri) was used already, waited too long, or belongs to another site.',
    fix: 'Go back to the site you came from and start again there.',
    wayOn: client && href ? { href, to: client.name } : undefined,
  });
}
