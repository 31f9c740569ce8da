import { isRegisteredRedirect } from '../../clients/redirect-uris.ts';
import type { Client } from '../../clients/client.ts';
import type { ClientDirectory } from '../../clients/client-directory.ts';
import { PageError } from '../../http/page-error.ts';
import type { Params } from '../../http/params.ts';

/** A client and the one of its redirect URIs that the response goes to. */
export interface RedirectTarget {
  readonly client: Client;
  readonly redirectUri: string;
}

/** `client_id` and `redirect_uri` as a request names them. */
interface NamedTarget {
  readonly clientId: string | undefined;
  readonly redirectUri: string | undefined;
}

/**
 * Reads `client_id` and `redirect_uri`, each of which may stand once.
 *
 * @throws PageError
 */
export function requireNamedTarget(params: Params): NamedTarget {
  const repeated = params.repeated().find((name) => name === 'client_id' || name === 'redirect_uri');
  if (repeated !== undefined)
    throw requestPageError('repeated_parameter', `The parameter ${repeated} was sent more than once.`);
  return { clientId: params.get('client_id'), redirectUri: params.get('redirect_uri') };
}

/**
 * Which client asks, and where the response may go. Until both are certain nothing is sent anywhere: a redirect to
 * an unchecked address is an open redirector and gives codes away (RFC 6749 §4.1.2.1, RFC 9700 §4.1).
 *
 * @throws PageError
 */
export function requireRedirectTarget(
  clients: ClientDirectory,
  { clientId, redirectUri }: NamedTarget,
): RedirectTarget {
  if (clientId === undefined)
    throw requestPageError('client_id_missing', 'The parameter client_id is missing.');
  const client = clients.find(clientId);
  if (!client) throw requestPageError('client_unknown', 'No site is registered here under this client_id.');
  if (redirectUri === undefined)
    throw requestPageError('redirect_uri_missing', 'The parameter redirect_uri is missing.', client);
  if (!isRegisteredRedirect(client, redirectUri)) {
    throw requestPageError(
      'redirect_uri_unregistered',
      'The return address (redirect_uri) is not one this site has registered.',
      client,
    );
  }
  return { client, redirectUri };
}

function requestPageError(code: string, reason: string, client?: Client): PageError {
  return new PageError({
    status: 400,
    code,
    title: 'A site sent a request that can’t be answered',
    reason,
    clientName: client?.name,
    fix: 'Nothing was sent anywhere and you did nothing wrong. Whoever runs the site has to put it right; its registration lists the exact addresses.',
  });
}
