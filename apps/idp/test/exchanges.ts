import { decodeJwt } from 'jose';
import { BLOG_API } from './registrations.ts';
import { errorOf, type TestProvider, type Tokens } from './test-provider.ts';

/** A request to exchange an access token, for the blog's API where nothing else is said. */
export function exchange(
  idp: TestProvider,
  subject_token: string,
  change: Record<string, string> = {},
  clientId = 'shop',
): Promise<Response> {
  return idp.token(exchangeForm(subject_token, change), clientId);
}

export const exchangeForm = (
  subject_token: string,
  change: Record<string, string> = {},
): Record<string, string> => ({
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token,
  subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  resource: BLOG_API,
  ...change,
});

/** The permissions of the token that an answer holds, or its status and error. */
export async function permissionsIn(answer: Response | Promise<Response>): Promise<unknown> {
  const response = await answer;
  if (response.status !== 200) return errorOf(response);
  const { access_token }: Tokens = await response.json();
  return decodeJwt(access_token)['permissions'];
}

/** The tokens of a refresh. */
export async function refreshed(
  idp: TestProvider,
  { refresh_token }: Tokens,
  change: Record<string, string> = {},
  clientId = 'shop',
): Promise<Tokens> {
  const form = { grant_type: 'refresh_token', refresh_token, ...change };
  const tokens: Tokens = await (await idp.token(form, clientId)).json();
  return tokens;
}
