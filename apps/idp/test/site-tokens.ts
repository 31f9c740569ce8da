import { authorizePath, codeForm, type Estate, signIn, type Tokens } from './estate.ts';

/** Signs in at any of the sites of `registrations.ts` and redeems the code there. */
export async function siteTokens(
  estate: Estate,
  clientId: string,
  change: Record<string, string> = {},
  username = 'ada',
): Promise<Tokens> {
  const redirect_uri = `https://${clientId}.example/auth/callback`;
  const path = authorizePath({ client_id: clientId, redirect_uri, ...change });
  const callback = await signIn(estate.browser(), path, username);
  const response = await estate.token(codeForm(callback, { redirect_uri }), clientId);
  const tokens: Tokens = await response.json();
  return tokens;
}
