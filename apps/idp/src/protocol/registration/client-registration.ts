import type { Registrar } from '../../clients/dynamic-registration.ts';
import { randomId, sha256 } from '../../foundation/secrets.ts';
import type { Provider } from '../../provider.ts';
import { clientInformationResponse } from './client-information.ts';
import { findBearer, readJsonBody, requireStrangersMetadata, tokenError } from './registration-request.ts';

/**
 * Dynamic registration (RFC 7591 §3): whoever has an initial access token registers a client by its metadata. Such
 * a client is always a third party: it can neither give itself permissions nor skip consent.
 *
 * @throws OAuthError invalid_token, invalid_redirect_uri or invalid_client_metadata
 */
export async function registerDynamically(provider: Provider, request: Request): Promise<Response> {
  const { dynamicRegistration, issuer, clock, observe } = provider;
  const registrar = await requireRegistrar(provider, request);
  const metadata = await requireStrangersMetadata(await readJsonBody(request), dynamicRegistration);
  const registrationToken = randomId(32);
  const registration = { ...metadata, self_registered: true };
  const registrationTokenHash = sha256(registrationToken);
  const issuedAt = clock();
  const client = await registrar.register(
    { clientId: randomId(), registration, registrationTokenHash },
    issuedAt,
  );
  if (!client) throw tokenError(issuer, '', USELESS);
  await provider.clients.reload();
  const { initialTokenId } = registrar;
  observe({
    type: 'client.registered',
    clientId: client.clientId,
    ...(initialTokenId && { initialTokenId }),
  });
  return clientInformationResponse(issuer, { ...client, issuedAt, registrationToken, metadata }, 201);
}

const USELESS = 'the initial access token is unknown, has expired or is used up';

/** RFC 7591 §3: without an initial access token anybody could fill the database, and impersonate sites by name. */
async function requireRegistrar(
  { issuer, dynamicRegistration, observe }: Provider,
  request: Request,
): Promise<Registrar> {
  const token = findBearer(request);
  if (token === undefined)
    throw tokenError(issuer, token, 'registering takes an initial access token as Bearer token');
  const registrar = await dynamicRegistration.findRegistrar(token);
  if (registrar) return registrar;
  observe({ type: 'client.rejected', clientId: undefined, reason: 'initial access token' });
  throw tokenError(issuer, token, USELESS);
}
