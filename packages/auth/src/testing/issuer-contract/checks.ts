import { decodeJwt } from 'jose';
import { fromBase64url } from '../../foundation/index.ts';
import { type AccessTokenClaims, verifyAccessToken } from '../../tokens/index.ts';
import { type Actor, type Change, type ContractBrowser, type Json, type Reply, textOf } from './actor.ts';

/** What every provider does for a site and its APIs; throws an `Error` that says what it did instead. For `it.each`. */
export type IssuerRow = readonly [what: string, prove: (actor: Actor) => Promise<void>];

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ACCESS_TOKEN: string = 'urn:ietf:params:oauth:token-type:access_token';

export const exchange = (
  actor: Actor,
  token: unknown,
  resource: string,
  change: Record<string, string> = {},
): Promise<Reply> =>
  actor.post('token_endpoint', {
    grant_type: EXCHANGE,
    subject_token: textOf(token),
    subject_token_type: ACCESS_TOKEN,
    resource,
    ...change,
  });

/** What the client hears at its callback; `code` where nothing is wrong. */
export async function errorAt(actor: Actor, change: Change, browser?: ContractBrowser): Promise<string> {
  const { searchParams } = (await actor.authorize(change, browser)).callback;
  return searchParams.get('error') ?? (searchParams.has('code') ? 'code' : 'nothing');
}

export async function verifiedAccess(
  actor: Actor,
  tokens: Json,
  audience: string,
): Promise<AccessTokenClaims> {
  const { issuer, clock } = actor.provider;
  const options = { issuer, clock, audience, algorithms: ['ES256'] as const, keys: await actor.keys() };
  return verifyAccessToken(textOf(tokens['access_token']), options);
}

export const claimsOf = ({ tokens }: { readonly tokens: Json }): Json =>
  decodeJwt(textOf(tokens['id_token']));

export function kidOf(tokens: Json): unknown {
  const [header = ''] = textOf(tokens['access_token']).split('.');
  const parsed: Json = JSON.parse(new TextDecoder().decode(fromBase64url(header)));
  return parsed['kid'];
}

export const listOf = (metadata: Json, name: string): readonly unknown[] => {
  const list = metadata[name];
  return Array.isArray(list) ? list : [];
};

export function refused({ status, body }: Reply, error: string): void {
  same(`${status} ${textOf(body['error'])}`, `400 ${error}`, 'the answer');
}

export function same(found: unknown, wanted: unknown, what: string): void {
  if (found !== wanted)
    throw new Error(`${what}: ${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`);
}
