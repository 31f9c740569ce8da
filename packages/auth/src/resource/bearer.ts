import { authError } from '../foundation/index.ts';

/**
 * The scheme in any case (RFC 9110 §11.1), one space, then `b64token`. RFC 6750 §2.1 allows several spaces (1*SP); here
 * a header that isn't exactly one scheme, one space and one token is refused (T-32). Takes linear time.
 */
const BEARER = /^bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * The token of an `Authorization: Bearer` header. A token in the query or the body is ignored, because addresses end up
 * in logs and browser histories (RFC 9700 §4.3.2).
 *
 * @throws AuthError `bearer_missing` without the header or with another scheme, `bearer_malformed` for a Bearer header
 * of another form, two of them included.
 */
export function requireBearer(headers: Headers): string {
  const value = headers.get('authorization');
  const token = value === null ? undefined : BEARER.exec(value)?.[1];
  if (token !== undefined) return token;
  if (value !== null && /^bearer(?![^\s,])/i.test(value)) {
    throw authError(
      'bearer_malformed',
      'the header is not "Authorization: Bearer" with exactly one token: send one token',
    );
  }
  throw authError('bearer_missing', 'this API wants "Authorization: Bearer <access token>": send one');
}
