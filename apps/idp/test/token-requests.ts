import { type Estate, tokenRequest } from './estate.ts';
import { ISSUER } from './registrations.ts';

/** What introspection says of a token to a client. */
export async function introspected(
  estate: Estate,
  token: string,
  clientId = 'shop',
  change: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const answer: Record<string, unknown> = await (
    await estate.fetch(tokenRequest({ token, ...change }, clientId, '/introspect'))
  ).json();
  return answer;
}

export async function isActive(estate: Estate, token: string, clientId = 'shop'): Promise<boolean> {
  return (await introspected(estate, token, clientId))['active'] === true;
}

/** A client's request to revoke a token. */
export function revocation(
  estate: Estate,
  token: string,
  clientId = 'shop',
  change: Record<string, string> = {},
): Promise<Response> {
  return estate.fetch(tokenRequest({ token, ...change }, clientId, '/revoke'));
}

export function userinfo(estate: Estate, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return estate.fetch(new Request(`${ISSUER}/userinfo`, { headers }));
}
