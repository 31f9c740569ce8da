import { decodeJwt } from 'jose';
import { fromBase64url } from '../../../foundation/index.ts';
import { type AccessTokenClaims, verifyAccessToken } from '../../../tokens/index.ts';
import {
  type RawRelyingParty,
  type Change,
  type ContractBrowser,
  type ContractClient,
  type Json,
  type Reply,
  textOf,
} from './raw-relying-party.ts';

/** What every provider must do: a sentence and its check, which throws where the provider differs. For `it.each`. */
export type IssuerRow = readonly [what: string, prove: (rp: RawRelyingParty) => Promise<void>];

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ACCESS_TOKEN: string = 'urn:ietf:params:oauth:token-type:access_token';

export const exchange = (
  rp: RawRelyingParty,
  token: unknown,
  resource: string,
  change: Record<string, string> = {},
  as?: ContractClient,
): Promise<Reply> =>
  rp.post(
    'token_endpoint',
    {
      grant_type: EXCHANGE,
      subject_token: textOf(token),
      subject_token_type: ACCESS_TOKEN,
      resource,
      ...change,
    },
    as,
  );

/** The error of an authorization response, or `code` for a successful one. */
export async function authorizeError(
  rp: RawRelyingParty,
  change: Change,
  browser?: ContractBrowser,
): Promise<string> {
  const { searchParams } = (await rp.authorize(change, browser)).callback;
  return searchParams.get('error') ?? (searchParams.has('code') ? 'code' : 'nothing');
}

export async function requireAccessToken(
  rp: RawRelyingParty,
  tokens: Json,
  audience: string,
): Promise<AccessTokenClaims> {
  const { issuer, clock } = rp.provider;
  const options = { issuer, clock, audience, algorithms: ['ES256'] as const, keys: await rp.keys() };
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

export function requireError({ status, body }: Reply, error: string): void {
  requireEqual(`${status} ${textOf(body['error'])}`, `400 ${error}`, 'the answer');
}

export function requireEqual(found: unknown, wanted: unknown, what: string): void {
  if (found !== wanted)
    throw new Error(`${what}: ${JSON.stringify(found)} in place of ${JSON.stringify(wanted)}`);
}
