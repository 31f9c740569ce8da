import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { apps, type AppName } from '@sso/domains';
import { z } from 'zod';
import { createCookieJar } from './cookie-jar.ts';
import type { StackInfo } from './shared-stack.ts';
import { callbackOf } from './sign-in-over-http.ts';

/** Tokens as one site's server receives them: what an attacker who owns that site would hold. */
export type Tokens = z.infer<typeof tokens>;

// RFC 6749 §5.1; an exchange (RFC 8693) gives an access token only.
const tokens = z.object({
  access_token: z.string(),
  id_token: z.string().default(''),
  refresh_token: z.string().default(''),
});

const clients = z.array(z.object({ client_id: z.string(), client_secret: z.string().optional() }));

type SiteName = Exclude<AppName, 'idp'>;

/** Walks the code flow over HTTP as the server of `site` would, for one demo person. */
export async function tokensOf(stack: StackInfo, site: SiteName, username: string): Promise<Tokens> {
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = `${stack.origins[site]}/auth/callback`;
  const code = await codeOf(stack, site, username, verifier, redirectUri);
  return await askForTokens(stack, site, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  });
}

/** A token request of one site's client; throws with the provider's own words when it is refused. */
export async function askForTokens(
  stack: StackInfo,
  site: SiteName,
  form: Record<string, string>,
): Promise<Tokens> {
  const response = await fetch(`${stack.origins.idp}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${await credentialsOf(stack, site)}` },
    body: new URLSearchParams(form),
  });
  if (!response.ok) throw new Error(`token endpoint: ${response.status} ${await response.text()}`);
  return tokens.parse(await response.json());
}

async function codeOf(
  stack: StackInfo,
  site: SiteName,
  username: string,
  verifier: string,
  redirectUri: string,
): Promise<string> {
  const authorize = `${stack.origins.idp}/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: apps[site].clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    resource: apps[site].audience,
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })}`;
  const callback = await callbackOf(createCookieJar(), stack, authorize, username);
  return new URL(callback).searchParams.get('code') ?? '';
}

async function credentialsOf(stack: StackInfo, site: SiteName): Promise<string> {
  const file = await readFile(stack.files.clients, 'utf8');
  const client = clients.parse(JSON.parse(file)).find(({ client_id }) => client_id === apps[site].clientId);
  return Buffer.from(`${client?.client_id}:${client?.client_secret}`).toString('base64');
}
