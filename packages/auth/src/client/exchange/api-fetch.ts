import type { ProcessProofs } from '../dpop/process-proofs.ts';
import { provedFetch } from '../dpop/proved-fetch.ts';

/**
 * Gives a Bearer token for an audience; called with nothing, the session's own. An audience that is `undefined` by mistake
 * doesn't compile: it would send the own token, with all its permissions, to another API.
 */
export interface TokenFor<A extends string> {
  (): Promise<string>;
  (audience: A): Promise<string>;
}

/**
 * `fetch` to an API of another audience, on behalf of the signed-in person. With `null` in the place of the audience it
 * sends the session's own access token, for a provider whose tokens are for its own APIs: name only addresses of those.
 *
 * @throws AuthError `session_invalid` when nobody is signed in, `token_exchange_rejected`, `provider_unavailable`
 */
export type ApiFetch<A extends string> = (
  audience: A | null,
  url: string | URL,
  init?: RequestInit,
) => Promise<Response>;

/**
 * Adds `Authorization: Bearer` (RFC 6750 §2.1), or `DPoP` with a proof where the client's tokens are bound (RFC 9449 §7.1):
 * then a refusal that asks for a nonce is answered once. Responses are for one person, so none is cached; redirects are refused.
 *
 * @param findProofs `() => site.proofs`, for a site whose tokens may be bound
 * @example
 * ```ts
 * const { tokenFor } = await site.updateSession(request);
 * const posts = await createApiFetch(tokenFor)('https://blog.example/api', 'https://blog.example/api/posts');
 * ```
 */
export function createApiFetch<A extends string>(
  tokenFor: TokenFor<A>,
  findProofs: () => ProcessProofs | undefined = () => undefined,
): ApiFetch<A> {
  return async (audience, address, init = {}) => {
    const accessToken = await (audience === null ? tokenFor() : tokenFor(audience));
    // A redirect would send the token to whatever address the API names.
    const rules: RequestInit = { cache: 'no-store', ...init, redirect: 'error' };
    const proofs = findProofs();
    const url = String(address);
    if (proofs) return provedFetch(proofs, { url, accessToken }, rules);
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${accessToken}`);
    return fetch(url, { ...rules, headers });
  };
}
