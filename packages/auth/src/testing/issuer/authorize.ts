import { randomId } from '../../foundation/index.ts';
import { findRequestError, wordsOf } from './authorize-request.ts';
import type { IssuerState, PendingCode } from './issuer-state.ts';
import { createSignOn } from './sign-ons.ts';
import { ada, type TestPerson, type TestAuthentication, type TestSignOn } from './test-people.ts';

/** What the person at the browser does. */
export interface AuthorizeOptions {
  /** Who signs in; default: whom `login_hint` names among the issuer's `people`, else `ada`. */
  readonly person?: TestPerson | undefined;
  /** The sign-on session this browser already has; without one `prompt=none` is answered `login_required`. */
  readonly signOn?: TestSignOn | undefined;
  /** Answers with this error, e.g. `access_denied` for a person who presses cancel. */
  readonly error?: string | undefined;
}

/** The result of an authorization request. */
export interface AuthorizeAnswer {
  /** The client's `redirect_uri` with `code`, `state` and `iss`, or with `error`. */
  readonly callback: URL;
  /** The browser's sign-on session after the request; none after an error. */
  readonly signOn: TestSignOn | undefined;
}

/**
 * Plays the browser at the authorization endpoint: the person signs in, and the result says where the browser goes next.
 *
 * @throws Error for a request that a provider must not answer with a redirect (RFC 6749 §4.1.2.1).
 */
export function authorize(
  state: IssuerState,
  request: string | URL,
  options: AuthorizeOptions = {},
): AuthorizeAnswer {
  const parameters = parametersOf(request);
  const clientId = requireRecipient(state, parameters);
  const known = options.signOn?.ended === false ? options.signOn : undefined;
  const error =
    options.error ?? findRequestError(state, parameters) ?? findSilentError(state, parameters, known);
  if (error !== undefined) return { callback: answer(state, parameters, { error }), signOn: undefined };
  const signOn = known ? renewed(state, parameters, known) : openSignOn(state, parameters, options.person);
  const code = randomId();
  state.codes.set(code, toPendingCode(parameters, clientId, signOn, state.clock()));
  return { callback: answer(state, parameters, { code }), signOn };
}

/** RFC 6749 §3.1: a parameter without a value counts as left out. */
function parametersOf(request: string | URL): URLSearchParams {
  return new URLSearchParams([...new URL(request).searchParams].filter(([, value]) => value !== ''));
}

function requireRecipient({ clients }: IssuerState, parameters: URLSearchParams): string {
  const client = clients.get(parameters.get('client_id') ?? '');
  if (!client) throw new Error('unknown client_id');
  if (client.redirectUris?.includes(parameters.get('redirect_uri') ?? '') === false)
    throw new Error('unregistered redirect_uri');
  return client.clientId;
}

/** OIDC Core §3.1.2.6: with `prompt=none` a person who would have to sign in gets an error. */
function findSilentError(
  state: IssuerState,
  parameters: URLSearchParams,
  known: TestSignOn | undefined,
): string | undefined {
  const isSilent = wordsOf(parameters, 'prompt').includes('none');
  return isSilent && (!known || isTooOld(state, parameters, known.proof)) ? 'login_required' : undefined;
}

/** OIDC Core §3.1.2.1: a sign-in older than `max_age` has to be repeated, and for 0 every one. */
function isTooOld(
  { clock }: IssuerState,
  parameters: URLSearchParams,
  { authTime }: TestAuthentication,
): boolean {
  const value = parameters.get('max_age');
  if (value === null || value === '') return false;
  const maxAge = Number(value);
  return maxAge === 0 || clock() - authTime > maxAge;
}

/** The same sign-on session. The person signs in again where the request requires a more recent or stronger sign-in. */
function renewed(state: IssuerState, parameters: URLSearchParams, known: TestSignOn): TestSignOn {
  const prompts = wordsOf(parameters, 'prompt');
  const acr = findWantedAcr(state, parameters, known.proof.acr);
  // `acr_values` is voluntary (OIDC Core §3.1.2.1): with `prompt=none` the ID token states the `acr` of the session.
  const isWeak = acr !== known.proof.acr && !prompts.includes('none');
  if (prompts.includes('login') || isTooOld(state, parameters, known.proof) || isWeak)
    known.proof = proofBy(state, acr);
  return known;
}

function openSignOn(state: IssuerState, parameters: URLSearchParams, named?: TestPerson): TestSignOn {
  const hint = parameters.get('login_hint');
  const hinted = state.people.find(
    ({ sub, claims }) => hint !== null && [sub, claims?.['email']].includes(hint),
  );
  const [weakest = ''] = Object.keys(state.acrValues);
  const proof = proofBy(state, findWantedAcr(state, parameters, weakest));
  return createSignOn(state, named ?? hinted ?? ada, proof);
}

/** The present `acr` where it is requested; else the first requested one that the issuer supports; else the present one. */
function findWantedAcr({ acrValues }: IssuerState, parameters: URLSearchParams, present: string): string {
  const wanted = wordsOf(parameters, 'acr_values');
  if (wanted.includes(present)) return present;
  return wanted.find((acr) => Object.hasOwn(acrValues, acr)) ?? present;
}

const proofBy = ({ acrValues, clock }: IssuerState, acr: string): TestAuthentication => ({
  authTime: clock(),
  acr,
  amr: acrValues[acr] ?? [],
});

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
    proof: signOn.proof,
    redirectUri: parameters.get('redirect_uri') ?? '',
    challenge: parameters.get('code_challenge') ?? '',
    nonce: parameters.get('nonce') ?? undefined,
    scope: parameters.get('scope') ?? '',
    reach: reachOf(wordsOf(parameters, 'scope'), signOn.person),
    audience: parameters.get('resource') ?? undefined,
  };
}

/** A request that names some of a person's permissions asks for no others. */
function reachOf(scope: readonly string[], { permissions = {} }: TestPerson): readonly string[] | undefined {
  const all = Object.values(permissions).flat();
  return scope.some((name) => all.includes(name)) ? scope : undefined;
}

function answer({ issuer }: IssuerState, parameters: URLSearchParams, members: Record<string, string>): URL {
  const callback = new URL(parameters.get('redirect_uri') ?? '');
  const state = parameters.get('state');
  const all = { ...members, ...(state === null ? {} : { state }), iss: issuer };
  for (const [name, value] of Object.entries(all)) callback.searchParams.set(name, value);
  return callback;
}
