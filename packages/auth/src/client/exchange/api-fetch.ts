/**
 * `fetch` to an API of another audience, on behalf of the signed-in person. With `undefined` in the place of the audience
 * it sends the session's own access token, for a provider whose tokens are for its own APIs: name only addresses of those.
 *
 * @throws AuthError `session_invalid` when nobody is signed in, `token_exchange_rejected`, `provider_unavailable`
 */
export type ApiFetch<A extends string> = (
  audience: A | undefined,
  url: string | URL,
  init?: RequestInit,
) => Promise<Response>;

/**
 * Adds `Authorization: Bearer` (RFC 6750 §2.1). Responses are for one person, so none is cached; redirects are refused.
 *
 * @example
 * ```ts
 * const { tokenFor } = await site.updateSession(request);
 * const posts = await createApiFetch(tokenFor)('https://blog.example/api', 'https://blog.example/api/posts');
 * ```
 */
export function createApiFetch<A extends string>(tokenFor: (audience?: A) => Promise<string>): ApiFetch<A> {
  return async (audience, url, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await tokenFor(audience)}`);
    // A redirect would send the token to whatever address the API names.
    return fetch(url, { cache: 'no-store', ...init, headers, redirect: 'error' });
  };
}
