import type { Client } from '../../clients/client.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import { PageError } from '../../http/page-error.ts';
import { type Params, paramsOf } from '../../http/params.ts';
import type { AuthorizationRequest } from '../../store/requests.ts';
import type { Provider } from '../../provider.ts';
import { pushedIdOf } from './pushed-request.ts';
import type { ReturnAddress } from './authorization-response.ts';
import { type Recipient, requireRecipient } from './redirect-target.ts';
import { requireRequest } from './request.ts';

/** A request whose client and return address are certain, so that what else is wrong can be told to the client. */
export interface Opened {
  readonly client: Client;
  readonly to: ReturnAddress;
  /** @throws OAuthError that goes back to the client. */
  parse(): Promise<AuthorizationRequest>;
}

/**
 * Finds out who asks and where the answer goes: by the parameters, or by the request that the client pushed.
 *
 * @throws PageError while neither is certain.
 */
export async function openRequest(provider: Provider, params: Params): Promise<Opened> {
  const pushed = await findPushed(provider, params);
  if (pushed) return reopen(provider, pushed);
  const recipient = requireRecipient(params, provider.clients);
  return {
    client: recipient.client,
    to: returnAddressOf(recipient, params),
    async parse() {
      requireUnpushed(recipient.client);
      return requireRequest(provider, recipient, params);
    },
  };
}

/** Opens a request that was parsed before. Its registration may have changed meanwhile: it is checked again. */
export function reopen(provider: Provider, request: AuthorizationRequest): Opened {
  const { clientId: client_id, redirectUri: redirect_uri } = request;
  const params = paramsOf(new URLSearchParams({ client_id, redirect_uri }));
  const { client } = requireRecipient(params, provider.clients);
  return { client, to: request, parse: () => Promise.resolve(request) };
}

/** How to answer a request that may be wrong: as it asks where that is clear and allowed, else by query. */
function returnAddressOf({ client, redirectUri }: Recipient, params: Params): ReturnAddress {
  const repeated = new Set(params.repeated());
  const single = (name: string) => (repeated.has(name) ? undefined : params.get(name));
  const formPost = single('response_mode') === 'form_post' && client.responseModes.includes('form_post');
  return { redirectUri, state: single('state'), responseMode: formPost ? 'form_post' : 'query' };
}

/** RFC 9126 §4: only the client that pushed the request may bring it, once, and other parameters count for nothing. */
async function findPushed(provider: Provider, params: Params): Promise<AuthorizationRequest | undefined> {
  const id = pushedIdOf(params.get('request_uri'));
  if (id === undefined) return undefined;
  const repeated = params.repeated().some((name) => name === 'client_id' || name === 'request_uri');
  const clientId = repeated ? undefined : params.get('client_id');
  const request = clientId === undefined ? undefined : await provider.held.takePushed(id, clientId);
  if (!request) throw pushedOver();
  return request;
}

/** RFC 9126 §6 */
function requireUnpushed({ requirePushed }: Client): void {
  if (requirePushed)
    throw new OAuthError('invalid_request', 'this client has to push its requests (RFC 9126 section 6)');
}

function pushedOver(): PageError {
  return new PageError({
    status: 400,
    code: 'request_uri_over',
    title: 'This sign-in can’t be taken up again',
    reason:
      'The request behind it (request_uri) was used already, waited too long, or belongs to another site.',
    fix: 'Go back to the site you came from and start again there.',
  });
}
