import type { Client } from '../../clients/client.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Params } from '../../http/params.ts';
import type { Provider } from '../../provider.ts';
import type { AuthorizationRequest } from '../../store/index.ts';
import type { ResponseTarget } from './authorization-response.ts';
import { consumePushedRequest } from './pushed-request.ts';
import { type RedirectTarget, requireNamedTarget, requireRedirectTarget } from './redirect-target.ts';
import { requireAuthorizationRequest } from './request.ts';
import { readResponseParameters } from './unsigned-request-object.ts';

/** A request whose client and redirect URI are certain, so that any other mistake can be told to the client. */
export interface IdentifiedRequest {
  readonly client: Client;
  readonly target: ResponseTarget;
  /** `prompt=none`: nobody is to be shown a page. */
  readonly isSilent: boolean;
  /** @throws OAuthError that goes back to the client. */
  parse(): Promise<AuthorizationRequest>;
}

/**
 * Finds out who asks and where the response goes: by the parameters, or by the request that the client pushed.
 *
 * @throws PageError while neither is certain.
 */
export async function identifyRequest(provider: Provider, params: Params): Promise<IdentifiedRequest> {
  const pushed = await consumePushedRequest(provider, params);
  if (pushed) return identifyParsedRequest(provider, pushed);
  const redirect = requireRedirectTarget(provider.clients, requireNamedTarget(params));
  return {
    client: redirect.client,
    target: responseTargetOf(redirect, params),
    isSilent: params.all('prompt').join(' ').trim() === 'none',
    async parse() {
      refuseUnpushed(redirect.client);
      return requireAuthorizationRequest(provider, redirect, params);
    },
  };
}

/**
 * The same for a request that was parsed before. The client's metadata may have changed since, so client and
 * redirect URI are checked again.
 *
 * @throws PageError
 */
export function identifyParsedRequest(provider: Provider, request: AuthorizationRequest): IdentifiedRequest {
  const { client } = requireRedirectTarget(provider.clients, request);
  const isSilent = request.prompt.includes('none');
  return { client, target: request, isSilent, parse: () => Promise.resolve(request) };
}

/** Where errors go: by the response mode of the request if it is unambiguous and allowed, else in the query. */
function responseTargetOf({ client, redirectUri }: RedirectTarget, params: Params): ResponseTarget {
  const repeated = new Set(params.repeated());
  const single = (name: string) => (repeated.has(name) ? undefined : params.get(name));
  // What a request object says goes before the parameters (OIDC Core §6.1).
  const fromObject = readResponseParameters(single('request'));
  const responseMode = fromObject.responseMode ?? single('response_mode');
  const formPost = responseMode === 'form_post' && client.responseModes.includes('form_post');
  return {
    redirectUri,
    state: fromObject.state ?? single('state'),
    responseMode: formPost ? 'form_post' : 'query',
  };
}

/** A client may have asked that only pushed requests count, which nobody can change on their way (RFC 9126 §6). */
function refuseUnpushed({ requirePushedRequests }: Client): void {
  if (requirePushedRequests)
    throw new OAuthError('invalid_request', 'this client has to push its requests (RFC 9126 section 6)');
}
