import { contentTypeOf, readBody } from './body.ts';
import { OAuthError } from './oauth-error.ts';
import { findTextFault } from './text-faults.ts';

/** Request parameters by the rules of RFC 6749 §3.1: an empty value counts as absent, a name stands once. */
export interface Params {
  /** The value of a parameter that may stand once. */
  get(name: string): string | undefined;
  /** All values of a parameter that may repeat (`resource`, RFC 8707 §2). */
  all(name: string): readonly string[];
  /** The names that stand more than once, but for those that may. */
  repeated(): readonly string[];
}

const MAY_REPEAT = new Set(['resource', 'audience']);

/** A passphrase may hold any character (U-05): it is hashed and kept nowhere. */
const MAY_HOLD_ANYTHING = new Set(['password']);

/**
 * Reads the parameters of a query or a form. X-21: text that a database or a page can't take is refused here, for all
 * endpoints.
 *
 * @throws OAuthError invalid_request
 */
export function paramsOf(source: URLSearchParams): Params {
  // A Map, so that names such as `__proto__` and `constructor` are only names.
  const values = new Map<string, string[]>();
  for (const [name, value] of source) {
    requireUsable(name, value);
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  const all = (name: string) => (values.get(name) ?? []).filter((value) => value !== '');
  return {
    all,
    get: (name) => all(name)[0],
    repeated: () =>
      [...values].filter(([name, found]) => found.length > 1 && !MAY_REPEAT.has(name)).map(([name]) => name),
  };
}

function requireUsable(name: string, value: string): void {
  if (findTextFault(name) !== undefined)
    throw new OAuthError('invalid_request', 'the name of a parameter holds the character NUL');
  const fault = MAY_HOLD_ANYTHING.has(name) ? undefined : findTextFault(value);
  if (fault !== undefined) throw new OAuthError('invalid_request', `${name} ${fault}`);
}

const FORM = 'application/x-www-form-urlencoded';

/** Whether the body says that it is a form. */
export function isForm(request: Request): boolean {
  return contentTypeOf(request) === FORM;
}

/**
 * Reads a form body.
 *
 * @throws OAuthError invalid_request when it is no form or a parameter can't be used, 413 when it is too long.
 */
export async function readForm(request: Request): Promise<Params> {
  return paramsOf(new URLSearchParams(await readFormText(request)));
}

/**
 * Reads a form in which every parameter stands once (RFC 6749 §3.2).
 *
 * @throws OAuthError invalid_request, or 413 as {@link readForm}.
 */
export async function readSingleForm(request: Request): Promise<Params> {
  const params = await readForm(request);
  const [repeated] = params.repeated();
  if (repeated === undefined) return params;
  throw new OAuthError('invalid_request', `${repeated} was sent more than once`);
}

async function readFormText(request: Request): Promise<string> {
  if (!isForm(request))
    throw new OAuthError('invalid_request', `send the parameters as ${FORM} (RFC 6749 section 3.2)`);
  return readBody(request);
}
