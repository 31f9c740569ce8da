import { ISSUER } from './registrations.ts';
import type { TestProvider } from './test-provider.ts';

export const INITIAL_TOKEN = 'an-initial-access-token-0123456789';
/** What a provider is opened with that lets strangers register. */
export const OPEN_TO_STRANGERS = { INITIAL_ACCESS_TOKENS: INITIAL_TOKEN } as const;

export const STRANGERS_REDIRECT = 'https://unknown.example/cb';

/** What a stranger sends to register a client (RFC 7591 §3.1). */
export function registrationRequest(members: object = {}, token: string = INITIAL_TOKEN): Request {
  return new Request(`${ISSUER}/register`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [STRANGERS_REDIRECT], client_name: 'Unknown', ...members }),
  });
}

/** A client that registered itself, as the answer tells of it. */
export interface SelfRegistered {
  readonly client_id: string;
  readonly client_secret?: string;
  readonly registration_client_uri: string;
  readonly registration_access_token: string;
}

export async function registerStranger(idp: TestProvider, members: object = {}): Promise<SelfRegistered> {
  const answer = await idp.fetch(registrationRequest(members));
  if (answer.status !== 201) throw new Error(`not registered: ${await answer.text()}`);
  const client: SelfRegistered = await answer.json();
  return client;
}

/** What a client asks at its own registration (RFC 7592 §2). */
export function configurationRequest(
  client: SelfRegistered,
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE',
  members?: object,
  token: string = client.registration_access_token,
): Request {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const body = members && { body: JSON.stringify({ client_id: client.client_id, ...members }) };
  return new Request(client.registration_client_uri, { method, headers, ...body });
}
