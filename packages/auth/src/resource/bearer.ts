import { authError } from '../foundation/index.ts';

/** How a token may be presented: by whoever holds it (RFC 6750), or with a proof of the key it is bound to (RFC 9449). */
export type TokenScheme = 'Bearer' | 'DPoP';

export interface PresentedToken {
  readonly scheme: TokenScheme;
  readonly token: string;
}

/**
 * The scheme in any case (RFC 9110 §11.1), one space, then `b64token`. RFC 6750 §2.1 allows several spaces (1*SP); here
 * a header that isn't exactly one scheme, one space and one token is refused (T-32). Takes linear time.
 */
const CREDENTIALS = /^(bearer|dpop) ([A-Za-z0-9._~+/-]+=*)$/i;

/** The scheme that a header names, also one of another form. */
const SCHEME = /^(bearer|dpop)(?![^\s,])/i;

/**
 * The token of an `Authorization` header. A token in the query or the body is ignored, because addresses end up in logs and
 * browser histories (RFC 9700 §4.3.2).
 *
 * @param schemes those that this API takes; the first is the one that a message asks for
 * @throws AuthError `bearer_missing` without the header or with another scheme, `bearer_malformed` for a header of one of
 * these schemes in another form, two of them included.
 */
export function requirePresentedToken(headers: Headers, schemes: readonly TokenScheme[]): PresentedToken {
  const value = headers.get('authorization') ?? '';
  const scheme = schemeIn(SCHEME.exec(value)?.[1], schemes);
  const [wanted = 'Bearer'] = schemes;
  if (scheme === undefined)
    throw authError('bearer_missing', `this API wants "Authorization: ${wanted} <access token>": send one`);
  const token = CREDENTIALS.exec(value)?.[2];
  if (token !== undefined) return { scheme, token };
  const message = `the header is not "Authorization: ${scheme}" with exactly one token: send one token`;
  throw authError('bearer_malformed', message);
}

/** The scheme of a request, however its header goes on: what a challenge answers to. */
export function findScheme(headers: Headers): TokenScheme | undefined {
  return schemeIn(SCHEME.exec(headers.get('authorization') ?? '')?.[1], ['Bearer', 'DPoP']);
}

function schemeIn(name: string | undefined, schemes: readonly TokenScheme[]): TokenScheme | undefined {
  return schemes.find((scheme) => scheme.toLowerCase() === name?.toLowerCase());
}
