import type { IssuerState } from './issuer-state.ts';

/** Looks at one thing of an authorization request: the error that the client hears, or undefined. */
type RequestStep = (asked: URLSearchParams, state: IssuerState) => string | undefined;

/** In this order; the first error counts. */
const requestSteps: readonly RequestStep[] = [
  findRepeated,
  findWrongResponseType,
  findMissingChallenge,
  findWrongPrompt,
  findWrongMaxAge,
  findUnknownResource,
];

/** What is wrong with a request whose recipient is certain (RFC 6749 §4.1.2.1). */
export function findRequestError(state: IssuerState, asked: URLSearchParams): string | undefined {
  for (const step of requestSteps) {
    const error = step(asked, state);
    if (error !== undefined) return error;
  }
  return undefined;
}

/** A parameter that is a list of words. */
export const wordsOf = (asked: URLSearchParams, name: string): readonly string[] =>
  (asked.get(name) ?? '').split(' ').filter(Boolean);

/** RFC 6749 §3.1: each once; of resources there may be several (RFC 8707 §2). */
function findRepeated(asked: URLSearchParams): string | undefined {
  const names = [...asked.keys()].filter((name) => name !== 'resource');
  return new Set(names).size < names.length ? 'invalid_request' : undefined;
}

function findWrongResponseType(asked: URLSearchParams): string | undefined {
  const type = asked.get('response_type');
  if (type === null) return 'invalid_request';
  return type === 'code' ? undefined : 'unsupported_response_type';
}

/** PKCE by S256 or nothing (RFC 9700 §2.1.1). */
function findMissingChallenge(asked: URLSearchParams): string | undefined {
  const isProof = asked.get('code_challenge_method') === 'S256' && asked.has('code_challenge');
  return isProof ? undefined : 'invalid_request';
}

const PROMPTS = new Set(['none', 'login', 'consent', 'select_account']);

/** OIDC Core §3.1.2.1: `none` stands alone. */
function findWrongPrompt(asked: URLSearchParams): string | undefined {
  const prompts = wordsOf(asked, 'prompt');
  const isRight = prompts.every((prompt) => PROMPTS.has(prompt));
  return isRight && (prompts.length < 2 || !prompts.includes('none')) ? undefined : 'invalid_request';
}

function findWrongMaxAge(asked: URLSearchParams): string | undefined {
  return /^\d{1,9}$/.test(asked.get('max_age') ?? '0') ? undefined : 'invalid_request';
}

/** RFC 8707 §2 */
function findUnknownResource(asked: URLSearchParams, { audiences, issuer }: IssuerState): string | undefined {
  const known = audiences && [issuer, ...audiences];
  const isKnown = asked.getAll('resource').every((resource) => known?.includes(resource) !== false);
  return isKnown ? undefined : 'invalid_target';
}
