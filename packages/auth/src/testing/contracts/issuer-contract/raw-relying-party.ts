import { sha256Base64url } from '../../../crypto/index.ts';
import { randomId } from '../../../foundation/index.ts';
import { createLocalKeys, type JWK, type VerificationKeys } from '../../../tokens/index.ts';

/** A browser at the provider's pages. */
export interface ContractBrowser {
  /** Opens an address of the provider, signs the person in where the provider asks, and returns the last redirect's target. */
  go(address: string): Promise<URL>;
}

/** What the issuer contract needs of a provider: two confidential clients, one person and two APIs. */
export interface ContractIssuer {
  readonly issuer: string;
  readonly fetch: typeof fetch;
  /** The first is the client under test, the second another client. ES256 ID tokens, `client_secret_basic`. */
  readonly clients: readonly [ContractClient, ContractClient];
  /** A third, which knows people by pairwise names. */
  readonly pairwise: ContractClient;
  /** Two APIs with ES256 tokens. The first client may have both, and stands for the first; the second client for the second. */
  readonly audiences: readonly [string, string];
  /** The person who signs in. */
  readonly sub: string;
  /** Integer seconds. */
  readonly clock: () => number;
  /** Moves the clock on. */
  advance(seconds: number): void;
  /** Makes the next key the signing key. */
  rotateKeys(): Promise<unknown>;
  /** A browser in which nobody is signed in. */
  newBrowser(): ContractBrowser;
}

export interface ContractClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly postLogoutRedirectUri: string;
}

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** As it came. */
  readonly text: string;
  /** Empty where it is no JSON object. */
  readonly body: Json;
}

export interface LoggedIn {
  readonly browser: ContractBrowser;
  readonly callback: URL;
  readonly nonce: string;
  readonly verifier: string;
  readonly tokens: Json;
}

/** Parameters that differ: `undefined` leaves one out, a list sends it several times. */
export type Change = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A minimal relying party for the first client. It uses nothing of the package's own `client`, which would hide mistakes. */
export interface RawRelyingParty {
  readonly provider: ContractIssuer;
  metadata(): Promise<Json>;
  endpoint(member: string): Promise<string>;
  jwks(): Promise<{ readonly keys: readonly JWK[] }>;
  keys(): Promise<VerificationKeys>;
  /** Sends a browser through the authorization endpoint. */
  authorize(change?: Change, browser?: ContractBrowser): Promise<Omit<LoggedIn, 'tokens'>>;
  /** The whole code flow. @throws Error when it gives no tokens */
  login(change?: Change, browser?: ContractBrowser): Promise<LoggedIn>;
  redeem(
    login: Omit<LoggedIn, 'tokens'>,
    change?: Record<string, string>,
    as?: ContractClient,
  ): Promise<Reply>;
  /** A form to an endpoint, with whatever headers. */
  send(member: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Reply>;
  /** A form to an endpoint, with a client's secret. */
  post(member: string, form: Record<string, string>, as?: ContractClient): Promise<Reply>;
  refresh(token: unknown, change?: Record<string, string>, as?: ContractClient): Promise<Reply>;
  userinfo(token?: unknown): Promise<Reply>;
}

export function createRawRelyingParty(provider: ContractIssuer): RawRelyingParty {
  const [client] = provider.clients;
  const metadata = async () =>
    (
      await toReply(
        await provider.fetch(`${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
      )
    ).body;
  const endpoint = async (member: string) => textOf((await metadata())[member]);
  const jwks = async () => readJwks(await toReply(await provider.fetch(await endpoint('jwks_uri'))));
  const rp: RawRelyingParty = {
    provider,
    metadata,
    endpoint,
    jwks,
    keys: async () => createLocalKeys(await jwks()),
    authorize: (change, browser) => authorize(rp, change, browser),
    async login(change, browser) {
      const begun = await authorize(rp, change, browser);
      const { status, body, text } = await rp.redeem(begun);
      if (status !== 200) throw new Error(`no tokens but ${status} ${text}`);
      return { ...begun, tokens: body };
    },
    redeem: ({ callback, verifier }, change, as) =>
      rp.post(
        'token_endpoint',
        {
          grant_type: 'authorization_code',
          code: callback.searchParams.get('code') ?? '',
          redirect_uri: client.redirectUri,
          code_verifier: verifier,
          ...change,
        },
        as,
      ),
    async send(member, form, headers = {}) {
      const body = new URLSearchParams(form);
      return toReply(await provider.fetch(await endpoint(member), { method: 'POST', headers, body }));
    },
    post: (member, form, { clientId, clientSecret } = client) =>
      rp.send(member, form, { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }),
    refresh: (token, change, as) =>
      rp.post('token_endpoint', { grant_type: 'refresh_token', refresh_token: textOf(token), ...change }, as),
    async userinfo(token) {
      const headers = new Headers();
      if (token !== undefined) headers.set('authorization', `Bearer ${textOf(token)}`);
      return toReply(await provider.fetch(await endpoint('userinfo_endpoint'), { headers }));
    },
  };
  return rp;
}

async function authorize(
  rp: RawRelyingParty,
  change: Change = {},
  browser = rp.provider.newBrowser(),
): Promise<Omit<LoggedIn, 'tokens'>> {
  const [{ clientId, redirectUri }] = rp.provider.clients;
  const [nonce, verifier] = [randomId(), randomId(32)];
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state: 'as it was',
    nonce,
    code_challenge: await sha256Base64url(verifier),
    code_challenge_method: 'S256',
    resource: rp.provider.audiences[0],
    ...change,
  };
  const url = new URL(await rp.endpoint('authorization_endpoint'));
  for (const [name, value] of Object.entries(parameters))
    for (const each of [value ?? []].flat()) url.searchParams.append(name, each);
  return { browser, callback: await browser.go(url.href), nonce, verifier };
}

async function toReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const parsed: unknown = isJson ? JSON.parse(text) : undefined;
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: isJsonObject(parsed) ? parsed : {},
  };
}

/** A string member of a JSON answer; empty where the member is not a string. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const isJsonObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws TypeError when it is no JWK Set */
function readJwks({ body }: Reply): { readonly keys: readonly JWK[] } {
  const { keys } = body;
  if (!Array.isArray(keys)) throw new TypeError('no JWK Set');
  return { keys: keys.filter(isJsonObject) };
}
