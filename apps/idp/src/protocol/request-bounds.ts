import { OAuthError } from '../http/oauth-error.ts';
import type { Params } from '../http/params.ts';
import { type InteractionRequest, storedBytesOf } from '../store/index.ts';

/** P-28: as long as an address can be that carries it through every server on its way. It comes back as it was. */
const MAX_STATE_BYTES = 8192;

/** The longest value of each parameter that is kept or read, in bytes. Clients send a tenth of it at most. */
const MAX_BYTES: ReadonlyMap<string, number> = new Map([
  ['state', MAX_STATE_BYTES],
  ['nonce', 1024],
  ['claims', 8192],
  ['acr_values', 1024],
  ['ui_locales', 1024],
  ['login_hint', 2048],
  ['scope', 16_384],
  ['resource', 2048],
  ['id_token_hint', 16_384],
  ['prompt', 1024],
]);

/** A request as a whole, as it is stored while it waits for a person. */
export const MAX_REQUEST_BYTES = 16_384;

/** @throws OAuthError invalid_request that names the parameter that is too long. */
export function requireBoundedParameters(params: Params): void {
  for (const [name, most] of MAX_BYTES) {
    const isLonger = params.all(name).some((value) => Buffer.byteLength(value) > most);
    if (isLonger) throw new OAuthError('invalid_request', `${name} is longer than ${most} bytes`);
  }
}

/**
 * F-14: what can't be long in any of its parts can still be long as a whole, and control characters take six bytes each.
 *
 * @throws OAuthError invalid_request
 */
export function requireStorable<R extends InteractionRequest>(request: R): R {
  if (storedBytesOf(request) <= MAX_REQUEST_BYTES) return request;
  throw new OAuthError('invalid_request', `the request is longer than ${MAX_REQUEST_BYTES} bytes as a whole`);
}
