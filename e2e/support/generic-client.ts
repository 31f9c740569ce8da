import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { type CookieJar, createCookieJar } from './cookie-jar.ts';
import { type ForeignName, requireForeignClient } from './foreign-clients.ts';
import { type FillForm, fillAs, type Destination, browseProvider } from './provider-pages.ts';
import type { StackInfo } from './shared-stack.ts';

/** What discovery announces (OIDC Discovery §3), whatever it is. */
export type Metadata = Readonly<Record<string, unknown>>;

export type Parameters = Readonly<Record<string, string>>;

export interface Visitor {
  /** Default: a browser without cookies. */
  readonly jar?: CookieJar;
  /** Default: 'ada'. */
  readonly username?: string;
  /** Default: signs in where asked and presses the first button of every other page. */
  readonly fillForm?: FillForm;
  /** Default: 'trusted'. */
  readonly as?: ForeignName;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Empty where the answer is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Tokens {
  readonly reply: Reply;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  /** Of the ID token, without its signature being verified. */
  readonly claims: JWTPayload;
}

/** Tokens, and the browser that they were requested in. */
export type Login = Tokens & { readonly jar: CookieJar };

/**
 * A client without a library: it knows the provider's discovery document, its own registration, and HTTP.
 */
export interface GenericClient {
  readonly stack: StackInfo;
  readonly metadata: Metadata;
  /** The address that a member of the metadata announces. @throws Error when it does not */
  endpoint(member: string): string;
  /** An authorization request with PKCE. */
  address(parameters?: Parameters, as?: ForeignName): string;
  /** Sends a browser there and tells what came back. */
  authorize(
    parameters?: Parameters,
    visit?: Visitor,
  ): Promise<Destination & { readonly answer: URLSearchParams }>;
  /** Tokens for the code of an answer. @throws Error with the provider's own words when it is refused */
  redeem(answer: URLSearchParams, as?: ForeignName, form?: Parameters): Promise<Tokens>;
  /** The whole code flow. @throws Error as `redeem` does */
  login(parameters?: Parameters, visit?: Visitor): Promise<Login>;
  /** Posts a form with `client_id` and secret; the native client has no secret. */
  post(member: string, form: Parameters, as?: ForeignName, headers?: Record<string, string>): Promise<Reply>;
  /** The ID token's header and claims, its signature verified by the announced keys. */
  verify(token: string): Promise<{ readonly alg: string; readonly claims: JWTPayload }>;
}

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');
const object = z.record(z.string(), z.unknown());

export async function createGenericClient(stack: StackInfo): Promise<GenericClient> {
  const discovery = await fetch(`${stack.origins.idp}/.well-known/openid-configuration`);
  const metadata = object.parse(await discovery.json());
  const endpoint = (member: string) => z.url().parse(metadata[member]);
  const client: GenericClient = {
    stack,
    metadata,
    endpoint,
    address: (parameters = {}, as = 'trusted') =>
      addressOf(endpoint('authorization_endpoint'), parameters, as),
    authorize: (parameters, visit) => authorize(client, parameters, visit),
    redeem: (answer, as, form) => redeem(client, answer, as, form),
    login: (parameters, visit) => login(client, parameters, visit),
    post: async (member, form, as = 'trusted', headers = {}) => {
      const body = new URLSearchParams(proven(form, as));
      return replyOf(await fetch(endpoint(member), { method: 'POST', headers, body }));
    },
    async verify(token) {
      const keys = createRemoteJWKSet(new URL(endpoint('jwks_uri')));
      const { protectedHeader, payload } = await jwtVerify(token, keys);
      return { alg: protectedHeader.alg, claims: payload };
    },
  };
  return client;
}

async function authorize(client: GenericClient, parameters: Parameters = {}, visit: Visitor = {}) {
  const { stack } = client;
  const {
    jar = createCookieJar(),
    username = 'ada',
    fillForm = fillAs(stack, username),
    as = 'trusted',
  } = visit;
  const answered = await browseProvider(jar, stack.origins.idp, client.address(parameters, as), fillForm);
  const answer = new URLSearchParams([...new URL(answered.url).searchParams, ...answered.form]);
  return { ...answered, answer };
}

function addressOf(endpoint: string, parameters: Parameters, as: ForeignName): string {
  const { clientId, redirectUri } = requireForeignClient(as);
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    state: 'as it was',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...parameters,
  });
  return `${endpoint}?${query}`;
}

async function login(
  client: GenericClient,
  parameters: Parameters = {},
  visit: Visitor = {},
): Promise<Login> {
  const { jar = createCookieJar(), as = 'trusted' } = visit;
  const { answer } = await client.authorize(parameters, { ...visit, jar });
  return { ...(await client.redeem(answer, as)), jar };
}

async function redeem(
  client: GenericClient,
  answer: URLSearchParams,
  as: ForeignName = 'trusted',
  more: Parameters = {},
): Promise<Tokens> {
  const code = answer.get('code');
  if (code === null) throw new Error(`no code, but ${answer}`);
  const { redirectUri: redirect_uri } = requireForeignClient(as);
  const form = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier, ...more };
  const reply = await client.post('token_endpoint', form, as);
  if (reply.status !== 200) throw new Error(`no tokens, but ${JSON.stringify(reply.body)}`);
  const text = (name: string) => z.string().catch('').parse(reply.body[name]);
  return {
    reply,
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    claims: decodeJwt(text('id_token')),
  };
}

/** The form with this client's credentials, unless it brings a client assertion. */
function proven(form: Parameters, as: ForeignName): Parameters {
  const { clientId, secret } = requireForeignClient(as);
  if ('client_assertion' in form) return form;
  return { client_id: clientId, ...(as === 'native' ? {} : { client_secret: secret }), ...form };
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson ? object.catch({}).parse(JSON.parse(text)) : {};
  return { status: response.status, headers: response.headers, body };
}
