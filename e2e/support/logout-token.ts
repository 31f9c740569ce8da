import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { importSigningKey, signLogoutToken, type SigningKey } from '@sso/auth/tokens';
import { apps } from '@sso/domains';
import Database from 'better-sqlite3';
import { compactDecrypt, type JWK } from 'jose';
import { z } from 'zod';
import { type Outgoing, send } from './send.ts';
import type { StackInfo } from './shared-stack.ts';

const row = z.object({ sealed_jwk: z.string() });

/** The key the stack's provider signs with now, from its own database and opened by its own key: nobody else could make these tokens. */
export async function requireProviderKey({ files }: StackInfo, alg = 'ES256'): Promise<SigningKey> {
  const database = new Database(files.databases.idp, { readonly: true });
  try {
    const found = database
      .prepare("select sealed_jwk from signing_keys where alg = ? and state = 'current'")
      .get(alg);
    const key = Buffer.from(readFileSync(files.keyEncryptionKeys, 'utf8').trim(), 'base64url');
    const { plaintext } = await compactDecrypt(row.parse(found).sealed_jwk, key);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- importSigningKey checks it
    return await importSigningKey(JSON.parse(new TextDecoder().decode(plaintext)) as JWK);
  } finally {
    database.close();
  }
}

export interface LogoutSubject {
  readonly sid?: string;
  readonly sub?: string;
}

/** What the provider would send one site when sessions ended (OpenID Connect Back-Channel Logout 1.0 §2.4). */
export async function logoutTokenFor(
  stack: StackInfo,
  site: 'shop' | 'blog',
  subject: LogoutSubject,
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    iss: stack.origins.idp,
    aud: apps[site].clientId,
    iat,
    exp: iat + 120,
    jti: randomUUID(),
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    ...subject,
  };
  return signLogoutToken(claims, await requireProviderKey(stack));
}

/** Delivers it the way a provider does. */
export function deliverLogout(origin: string, token: string, changed: Outgoing = {}): Promise<Response> {
  return send(`${origin}/auth/backchannel-logout`, {
    method: 'POST',
    ...(changed.body === undefined ? { form: new URLSearchParams({ logout_token: token }) } : {}),
    ...changed,
  });
}
