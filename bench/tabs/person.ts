import { loginAs } from '../../packages/auth/src/testing/index.ts';

/** What the site under test and the people who visit it agree on. */
export interface Place {
  readonly baseUrl: string;
  readonly sessionKey: string;
}

export const ISSUER = 'http://127.0.0.1:9';
export const CLIENT_ID = 'shop';
export const AUDIENCE = 'https://shop.localhost/api';

/** The cookie of somebody who is signed in there, without a provider. */
export async function sessionCookie({ baseUrl, sessionKey }: Place, sub: string): Promise<string> {
  const cookies: string[] = [];
  const context = {
    addCookies: async (added: readonly { readonly name: string; readonly value: string }[]) => {
      for (const { name, value } of added) cookies.push(`${name}=${value}`);
    },
  };
  const person = { sub, claims: { name: sub } };
  const client = { issuer: ISSUER, clientId: CLIENT_ID, audience: AUDIENCE };
  await loginAs(context, { ...client, baseUrl, sessionKey, person });
  return cookies.join('; ');
}
