import { randomId } from '../foundation/index.ts';
import type { IssuerState, PendingCode } from './issuer-state.ts';
import { ada, type TestPerson, type TestSignOn } from './test-people.ts';

/** What the person at the browser does. */
export interface AuthorizeOptions {
  /** Who signs in; default `ada`. */
  readonly person?: TestPerson;
  /** The sign-on session this browser already has; without one `prompt=none` is answered `login_required`. */
  readonly signOn?: TestSignOn;
  /** Answers with this error instead, e.g. `access_denied` for somebody who presses cancel. */
  readonly error?: string;
}

/** What the browser is sent back with. */
export interface AuthorizeAnswer {
  /** The client's `redirect_uri` with `code`, `state` and `iss`, or with `error`. */
  readonly callback: URL;
  /** The sign-on session that the browser has from now on; none after an error. */
  readonly signOn: TestSignOn | undefined;
}

/**
 * Plays the browser at the authorization endpoint: the person signs in, and the answer is where the browser goes next.
 *
 * @throws Error for a request that a provider must not answer with a redirect (RFC 6749 §4.1.2.1).
 */
export function authorize(
  state: IssuerState,
  request: string | URL,
  options: AuthorizeOptions = {},
): AuthorizeAnswer {
  const { searchParams } = new URL(request);
  const client = state.clients.get(searchParams.get('client_id') ?? '');
  const redirectUri = searchParams.get('redirect_uri') ?? '';
  if (!client) throw new Error('unknown client_id');
  if (client.redirectUris && !client.redirectUris.includes(redirectUri))
    throw new Error('unregistered redirect_uri');
  const error = options.error ?? findError(searchParams, options.signOn);
  if (error !== undefined) return { callback: answer(state, searchParams, { error }), signOn: undefined };
  const signOn = requireSignOn(state, options);
  if (isTooOld(state, searchParams, signOn)) signOn.authTime = state.clock();
  const code = randomId();
  state.codes.set(code, toPendingCode(searchParams, client.clientId, signOn, state.clock()));
  return { callback: answer(state, searchParams, { code }), signOn };
}

function findError(parameters: URLSearchParams, signOn: TestSignOn | undefined): string | undefined {
  const isSignedIn = signOn !== undefined && !signOn.ended;
  if (parameters.get('prompt') === 'none' && !isSignedIn) return 'login_required';
  const isPkce = parameters.get('code_challenge_method') === 'S256' && parameters.has('code_challenge');
  return parameters.get('response_type') === 'code' && isPkce ? undefined : 'invalid_request';
}

function requireSignOn(state: IssuerState, { person = ada, signOn }: AuthorizeOptions): TestSignOn {
  if (signOn && !signOn.ended) return signOn;
  const fresh = { sid: randomId(), person, authTime: state.clock(), ended: false };
  state.signOns.set(fresh.sid, fresh);
  return fresh;
}

/** OIDC Core §3.1.2.1: whoever proved themselves longer ago does it again. */
function isTooOld({ clock }: IssuerState, parameters: URLSearchParams, { authTime }: TestSignOn): boolean {
  const maxAge = parameters.get('max_age');
  return parameters.get('prompt') === 'login' || (maxAge !== null && clock() - authTime > Number(maxAge));
}

function toPendingCode(
  parameters: URLSearchParams,
  clientId: string,
  signOn: TestSignOn,
  issuedAt: number,
): PendingCode {
  return {
    issuedAt,
    clientId,
    signOn,
    redirectUri: parameters.get('redirect_uri') ?? '',
    challenge: parameters.get('code_challenge') ?? '',
    nonce: parameters.get('nonce') ?? undefined,
    scope: parameters.get('scope') ?? '',
    audience: parameters.get('resource') ?? undefined,
  };
}

function answer({ issuer }: IssuerState, asked: URLSearchParams, members: Record<string, string>): URL {
  const callback = new URL(asked.get('redirect_uri') ?? '');
  const state = asked.get('state');
  const all = { ...members, ...(state === null ? {} : { state }), iss: issuer };
  for (const [name, value] of Object.entries(all)) callback.searchParams.set(name, value);
  return callback;
}
