import { hasSecret } from '../../clients/contradictions.ts';
import { OPERATOR_MEMBERS, PROVIDER_MEMBERS } from '../../clients/metadata-schema.ts';
import { createClientSecret } from '../../clients/register-client.ts';
import { equalHashes, sha256 } from '../../foundation/secrets.ts';
import { OAuthError } from '../../http/oauth-error.ts';
import type { Provider } from '../../provider.ts';
import type { ClientUpdate, StoredClient } from '../../store/index.ts';
import { clientInformationResponse } from './client-information.ts';
import {
  findBearer,
  readJsonBody,
  requireStrangersMetadata,
  type StrangersMetadata,
  tokenError,
} from './registration-request.ts';
import { requireOwnIdentity, type SentSecret } from './update-request.ts';

/** A client that has shown its registration access token, and the token. */
interface Registered {
  readonly client: StoredClient;
  readonly registrationToken: string;
}

/** What the operator and the provider say of a client: nothing that it registered. */
const PROVIDERS_OWN = new Set([...OPERATOR_MEMBERS, ...PROVIDER_MEMBERS]);

/** GET: what a client registered (RFC 7592 §2.1). @throws OAuthError invalid_token */
export async function readRegistration(provider: Provider, request: Request, id: string): Promise<Response> {
  const { client, registrationToken } = await requireRegistered(provider, request, id);
  const own = Object.entries(client.registration).filter(([member]) => !PROVIDERS_OWN.has(member));
  const metadata = Object.fromEntries(own);
  return informationOf(provider, client, { registrationToken, metadata, clientSecret: undefined });
}

/**
 * PUT: other metadata in the place of all that stood there (RFC 7592 §2.2). Whoever allowed something to another name, or
 * for other return addresses, is asked again.
 *
 * @throws OAuthError invalid_token, invalid_redirect_uri or invalid_client_metadata
 */
export async function updateRegistration(
  provider: Provider,
  request: Request,
  id: string,
): Promise<Response> {
  const { client, registrationToken } = await requireRegistered(provider, request, id);
  const content = await readJsonBody(request);
  const sent = requireOwnIdentity(content, client);
  const metadata = await requireStrangersMetadata(content, provider.dynamicRegistration);
  const { secret, clientSecret } = secretAfter(client, metadata, sent);
  const update = {
    clientId: client.clientId,
    secret,
    ...registrationAfter(client, metadata, provider.clock()),
  };
  if (!(await provider.store.updateClient(update, provider.clock())))
    throw unknownRegistration(provider.issuer, registrationToken);
  await provider.clients.reload();
  provider.observe({ type: 'client.changed', clientId: client.clientId });
  return informationOf(provider, client, { registrationToken, metadata, clientSecret });
}

/** DELETE: the client, all that was granted to it and all that people allowed it (RFC 7592 §2.3). @throws OAuthError invalid_token */
export async function removeRegistration(
  provider: Provider,
  request: Request,
  id: string,
): Promise<Response> {
  const { client } = await requireRegistered(provider, request, id);
  const { clientId } = client;
  if (await provider.store.removeClient(clientId, provider.clock())) {
    await provider.clients.reload();
    provider.observe({ type: 'client.removed', clientId });
    provider.outbox.wake();
  }
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });
}

/** The answer is the same whether the client, its token or both are unknown (RFC 7592 §2.1). */
async function requireRegistered(provider: Provider, request: Request, id: string): Promise<Registered> {
  const registrationToken = findBearer(request);
  const client = registrationToken === undefined ? undefined : await provider.store.findStoredClient(id);
  const expected = client?.registrationTokenHash;
  if (client && registrationToken !== undefined && expected !== undefined) {
    if (equalHashes(expected, sha256(registrationToken))) return { client, registrationToken };
    provider.observe({ type: 'client.rejected', clientId: id, reason: 'registration access token' });
  }
  throw unknownRegistration(provider.issuer, registrationToken);
}

function unknownRegistration(issuer: string, token: string | undefined): OAuthError {
  const description = 'this takes the registration access token of a client that is registered here';
  return tokenError(issuer, token, description);
}

/** A client keeps its secret while it has a use for one; only its hash is there, so it hears of a new one alone. */
function secretAfter(
  { secretHash }: StoredClient,
  { token_endpoint_auth_method: method }: StrangersMetadata,
  sent: SentSecret,
): { readonly secret: ClientUpdate['secret']; readonly clientSecret: string | undefined } {
  if (!hasSecret(method)) return { secret: { secretHash: undefined }, clientSecret: undefined };
  if (secretHash !== undefined) return { secret: 'kept', clientSecret: sent };
  const clientSecret = createClientSecret();
  return { secret: { secretHash: sha256(clientSecret) }, clientSecret };
}

/** What the operator says stays. What people answered goes on counting unless the client is another one to them. */
function registrationAfter(
  client: StoredClient,
  metadata: StrangersMetadata,
  now: number,
): Pick<ClientUpdate, 'registration' | 'keptMembers'> {
  const registration = { ...metadata, self_registered: true };
  return isAnotherToPeople(client.registration, metadata)
    ? { registration: { ...registration, consents_since: now }, keptMembers: OPERATOR_MEMBERS }
    : { registration, keptMembers: [...OPERATOR_MEMBERS, 'consents_since'] };
}

/** Whoever takes over a client's registration must not get the codes of people who allowed something to the client. */
function isAnotherToPeople(before: StoredClient['registration'], after: StrangersMetadata): boolean {
  const known = new Set(Array.isArray(before['redirect_uris']) ? before['redirect_uris'] : []);
  return before['client_name'] !== after.client_name || after.redirect_uris.some((uri) => !known.has(uri));
}

function informationOf(
  { issuer }: Provider,
  { clientId, createdAt }: StoredClient,
  rest: {
    readonly registrationToken: string;
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly clientSecret: string | undefined;
  },
): Response {
  return clientInformationResponse(issuer, { clientId, issuedAt: createdAt, ...rest }, 200);
}
