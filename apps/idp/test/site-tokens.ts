import { authorizePath, codeForm, type TestProvider, signIn, type Tokens } from './test-provider.ts';
import { ISSUER } from './registrations.ts';

/** Signs in at any of the sites of `registrations.ts` and redeems the code there. */
export async function siteTokens(
  idp: TestProvider,
  clientId: string,
  change: Record<string, string> = {},
  username = 'ada',
): Promise<Tokens> {
  const redirect_uri = `https://${clientId}.example/auth/callback`;
  const path = authorizePath({ client_id: clientId, redirect_uri, ...change });
  const callback = await signIn(idp.browser(), path, username);
  return tokensIn(await idp.token(codeForm(callback, { redirect_uri }), clientId));
}

/** The same for the public client `native`, which proves itself by its verifier alone. */
export async function nativeTokens(idp: TestProvider, client_id = 'native'): Promise<Tokens> {
  const client = { client_id, redirect_uri: 'com.example.app:/callback' };
  const form = codeForm(await signIn(idp.browser(), authorizePath(client)), client);
  const body = new URLSearchParams(form);
  return tokensIn(await idp.fetch(new Request(`${ISSUER}/token`, { method: 'POST', body })));
}

async function tokensIn(response: Response): Promise<Tokens> {
  if (response.status !== 200) throw new Error(`no tokens but ${response.status}: ${await response.text()}`);
  const tokens: Tokens = await response.json();
  return tokens;
}
