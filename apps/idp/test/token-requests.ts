import { type TestProvider, tokenRequest } from './test-provider.ts';
import { ISSUER } from './registrations.ts';

/** What introspection says of a token to a client. */
export async function introspected(
  idp: TestProvider,
  token: string,
  clientId = 'shop',
  change: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const answer: Record<string, unknown> = await (
    await idp.fetch(tokenRequest({ token, ...change }, clientId, '/introspect'))
  ).json();
  return answer;
}

export async function isActive(idp: TestProvider, token: string, clientId = 'shop'): Promise<boolean> {
  return (await introspected(idp, token, clientId))['active'] === true;
}

/** A client's request to revoke a token. */
export function revocation(
  idp: TestProvider,
  token: string,
  clientId = 'shop',
  change: Record<string, string> = {},
): Promise<Response> {
  return idp.fetch(tokenRequest({ token, ...change }, clientId, '/revoke'));
}

export function userinfo(idp: TestProvider, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return idp.fetch(new Request(`${ISSUER}/userinfo`, { headers }));
}
