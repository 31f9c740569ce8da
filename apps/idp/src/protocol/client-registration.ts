import { registerClient, ClientMetadataError, requireClientMetadata } from '../clients/register-client.ts';
import { dynamicRegistrationSchema } from '../clients/metadata-schema.ts';
import type { DynamicRegistration } from '../clients/dynamic-registration.ts';
import { contentTypeOf, readBody } from '../http/body.ts';
import { errorUri } from '../http/error-uri.ts';
import { NO_STORE, OAuthError } from '../http/oauth-error.ts';
import type { Provider } from '../provider.ts';
import { randomId } from '../foundation/secrets.ts';

/**
 * Dynamic registration (RFC 7591 §3): whoever has an initial access token registers a client by its metadata. Such
 * a client is always a third party: it can neither give itself permissions nor skip consent.
 *
 * @throws OAuthError invalid_token, invalid_redirect_uri or invalid_client_metadata
 */
export async function registerDynamically(
  provider: Provider,
  registration: DynamicRegistration,
  request: Request,
): Promise<Response> {
  requireInitialAccessToken(provider.issuer, registration, request);
  const metadata = requireMetadata(registration, await readJsonBody(request));
  const now = provider.clock();
  const stored = { clientId: randomId(), registration: { ...metadata, self_registered: true } };
  const client = await registerClient(provider.store, stored, now);
  if (!client) throw new OAuthError('server_error', 'the client was not registered', { status: 500 });
  await provider.clients.reload();
  provider.observe({ type: 'client.registered', clientId: client.clientId });
  return Response.json(
    {
      client_id: client.clientId,
      client_id_issued_at: now,
      ...(client.clientSecret !== undefined && {
        client_secret: client.clientSecret,
        client_secret_expires_at: 0,
      }),
      ...metadata,
      // OIDC Registration §2. As in CLIENTS_FILE, a client that is silent may post its secret as well; some do.
      token_endpoint_auth_method: metadata.token_endpoint_auth_method ?? 'client_secret_basic',
    },
    { status: 201, headers: NO_STORE },
  );
}

/** RFC 7591 §3: without an initial access token anybody could fill the database, and impersonate sites by name. */
function requireInitialAccessToken(
  issuer: string,
  registration: DynamicRegistration,
  request: Request,
): void {
  const token = /^bearer +([\w.~+/=-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  if (token !== undefined && registration.isInitialAccessToken(token)) return;
  const error =
    token === undefined ? '' : `, error="invalid_token", error_uri="${errorUri(issuer, 'invalid_token')}"`;
  throw new OAuthError('invalid_token', 'registering takes an initial access token as Bearer token', {
    status: 401,
    headers: { 'WWW-Authenticate': `Bearer realm="registration"${error}` },
  });
}

async function readJsonBody(request: Request): Promise<unknown> {
  if (contentTypeOf(request) !== 'application/json')
    throw new OAuthError(
      'invalid_client_metadata',
      'send the metadata as application/json (RFC 7591 section 3.1)',
    );
  const text = await readBody(request);
  try {
    const content: unknown = JSON.parse(text);
    return content;
  } catch {
    throw new OAuthError('invalid_client_metadata', 'the body is not JSON');
  }
}

/** What is registered. @throws OAuthError invalid_redirect_uri or invalid_client_metadata */
function requireMetadata({ mayBePrivate }: DynamicRegistration, content: unknown) {
  try {
    return requireClientMetadata(dynamicRegistrationSchema, content, mayBePrivate);
  } catch (error) {
    if (!(error instanceof ClientMetadataError)) throw error;
    const isRedirect = error.problems.some(({ member }) => /^redirect_uris\b/.test(member));
    throw new OAuthError(
      isRedirect ? 'invalid_redirect_uri' : 'invalid_client_metadata',
      error.message.replaceAll('\n', '; '),
      { cause: error },
    );
  }
}
