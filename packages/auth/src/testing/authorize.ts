import { randomId } from '../foundation/index.ts';
import { findRequestError, wordsOf } from './authorize-request.ts';
import type { IssuerState, PendingCode } from './issuer-state.ts';
import { ada, type TestPerson, type TestProof, type TestSignOn } from './test-people.ts';

/** What the person at the browser does. */
export interface AuthorizeOptions {
  /** Who signs in; default: whom `login_hint` names among the issuer's `people`, else `ada`. */
  readonly person?: TestPerson | undefined;
  /** The sign-on session this browser already has; without one `prompt=none` is answered `login_required`. */
  readonly signOn?: TestSignOn | undefined;
  /** Answers with this error instead, e.g. `access_denied` for somebody who presses cancel. */
  readonly error?: string | undefined;
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
  const asked = parametersOf(request);
  const clientId = requireRecipient(state, asked);
  const known = options.signOn?.ended === false ? options.signOn : undefined;
  const error = options.error ?? findRequestError(state, asked) ?? findSilentError(state, asked, known);
  if (error !== undefined) return { callback: answer(state, asked, { error }), signOn: undefined };
  const signOn = known ? renewed(state, asked, known) : openSignOn(state, asked, options.person);
  const code = randomId();
  state.codes.set(code, toPendingCode(asked, clientId, signOn, state.clock()));
  return { callback: answer(state, asked, { code }), signOn };
}

/** RFC 6749 §3.1: a parameter without a value counts as left out. */
function parametersOf(request: string | URL): URLSearchParams {
  return new URLSearchParams([...new URL(request).searchParams].filter(([, value]) => value !== ''));
}

function requireRecipient({ clients }: IssuerState, asked: URLSearchParams): string {
  const client = clients.get(asked.get('client_id') ?? '');
  if (!client) throw new Error('unknown client_id');
  if (client.redirectUris?.includes(asked.get('redirect_uri') ?? '') === false)
    throw new Error('unregistered redirect_uri');
  return client.clientId;
}

/** OIDC Core §3.1.2.6: whoever has to do something can't be asked silently. */
function findSilentError(
  state: IssuerState,
  asked: URLSearchParams,
  known: TestSignOn | undefined,
): string | undefined {
  const isSilent = wordsOf(asked, 'prompt').includes('none');
  return isSilent && (!known || isTooOld(state, asked, known.proof)) ? 'login_required' : undefined;
}

/** OIDC Core §3.1.2.1: whoever proved themselves longer ago does it again. */
function isTooOld({ clock }: IssuerState, asked: URLSearchParams, { authTime }: TestProof): boolean {
  const maxAge = asked.get('max_age');
  return maxAge !== null && clock() - authTime > Number(maxAge);
}

/** The same sign-on session; its person proves anew who they are where the request wants a recent or stronger proof. */
function renewed(state: IssuerState, asked: URLSearchParams, known: TestSignOn): TestSignOn {
  const prompts = wordsOf(asked, 'prompt');
  const acr = findWantedAcr(state, asked, known.proof.acr);
  // `acr_values` is a wish (OIDC Core §3.1.2.1): where nobody may be asked the answer says what there is.
  const isWeak = acr !== known.proof.acr && !prompts.includes('none');
  if (prompts.includes('login') || isTooOld(state, asked, known.proof) || isWeak)
    known.proof = proofBy(state, acr);
  return known;
}

function openSignOn(state: IssuerState, asked: URLSearchParams, named?: TestPerson): TestSignOn {
  const hint = asked.get('login_hint');
  const hinted = state.people.find(
    ({ sub, claims }) => hint !== null && [sub, claims?.['email']].includes(hint),
  );
  const [weakest = ''] = Object.keys(state.acrValues);
  const proof = proofBy(state, findWantedAcr(state, asked, weakest));
  const signOn = { sid: randomId(), person: named ?? hinted ?? ada, proof, ended: false };
  state.signOns.set(signOn.sid, signOn);
  return signOn;
}

/** What there is where it will do, else the first that is asked for and known here, else what there is. */
function findWantedAcr({ acrValues }: IssuerState, asked: URLSearchParams, present: string): string {
  const wanted = wordsOf(asked, 'acr_values');
  if (wanted.includes(present)) return present;
  return wanted.find((acr) => Object.hasOwn(acrValues, acr)) ?? present;
}

const proofBy = ({ acrValues, clock }: IssuerState, acr: string): TestProof => ({
  authTime: clock(),
  acr,
  amr: acrValues[acr] ?? [],
});

function toPendingCode(
  asked: URLSearchParams,
  clientId: string,
  signOn: TestSignOn,
  issuedAt: number,
): PendingCode {
  return {
    issuedAt,
    clientId,
    signOn,
    proof: signOn.proof,
    redirectUri: asked.get('redirect_uri') ?? '',
    challenge: asked.get('code_challenge') ?? '',
    nonce: asked.get('nonce') ?? undefined,
    scope: asked.get('scope') ?? '',
    audience: asked.get('resource') ?? undefined,
  };
}

function answer({ issuer }: IssuerState, asked: URLSearchParams, members: Record<string, string>): URL {
  const callback = new URL(asked.get('redirect_uri') ?? '');
  const state = asked.get('state');
  const all = { ...members, ...(state === null ? {} : { state }), iss: issuer };
  for (const [name, value] of Object.entries(all)) callback.searchParams.set(name, value);
  return callback;
}
