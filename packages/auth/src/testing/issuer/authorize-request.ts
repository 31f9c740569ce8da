import type { IssuerState } from './issuer-state.ts';

/** Checks one thing of an authorization request. Returns the error for the client, or undefined. */
type RequestStep = (parameters: URLSearchParams, state: IssuerState) => string | undefined;

/** Applied in this order; the first error is the answer. */
const requestSteps: readonly RequestStep[] = [
  findRepeated,
  findWrongResponseType,
  findMissingChallenge,
  findWrongPrompt,
  findWrongMaxAge,
  findUnknownResource,
];

/** Finds what is wrong with a request whose client and redirect_uri are already checked (RFC 6749 §4.1.2.1). */
export function findRequestError(state: IssuerState, parameters: URLSearchParams): string | undefined {
  for (const step of requestSteps) {
    const error = step(parameters, state);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** A parameter whose value is a list with spaces. */
export const wordsOf = (parameters: URLSearchParams, name: string): readonly string[] =>
  (parameters.get(name) ?? '').split(' ').filter(Boolean);

/** RFC 6749 §3.1: no parameter is repeated, except `resource` (RFC 8707 §2). */
function findRepeated(parameters: URLSearchParams): string | undefined {
  const names = [...parameters.keys()].filter((name) => name !== 'resource');
  return new Set(names).size < names.length ? 'invalid_request' : undefined;
}

function findWrongResponseType(parameters: URLSearchParams): string | undefined {
  const type = parameters.get('response_type');
  if (type === null) return 'invalid_request';
  return type === 'code' ? undefined : 'unsupported_response_type';
}

/** PKCE with S256 is required (RFC 9700 §2.1.1). */
function findMissingChallenge(parameters: URLSearchParams): string | undefined {
  const isProof = parameters.get('code_challenge_method') === 'S256' && parameters.has('code_challenge');
  return isProof ? undefined : 'invalid_request';
}

const PROMPTS = new Set(['none', 'login', 'consent', 'select_account']);

/** OIDC Core §3.1.2.1: `none` stands alone. */
function findWrongPrompt(parameters: URLSearchParams): string | undefined {
  const prompts = wordsOf(parameters, 'prompt');
  const isRight = prompts.every((prompt) => PROMPTS.has(prompt));
  return isRight && (prompts.length < 2 || !prompts.includes('none')) ? undefined : 'invalid_request';
}

function findWrongMaxAge(parameters: URLSearchParams): string | undefined {
  return /^\d{1,9}$/.test(parameters.get('max_age') ?? '0') ? undefined : 'invalid_request';
}

/** RFC 8707 §2 */
function findUnknownResource(
  parameters: URLSearchParams,
  { audiences, issuer }: IssuerState,
): string | undefined {
  const known = audiences && [issuer, ...audiences];
  const isKnown = parameters.getAll('resource').every((resource) => known?.includes(resource) !== false);
  return isKnown ? undefined : 'invalid_target';
}
