import { createBoundTokens } from './bound-tokens.ts';
import { createPageKey, type PageKey } from './page-key.ts';

/** What `fetch` takes, but for what would send the token elsewhere, and bodies that can be sent once only. */
export interface BoundRequestInit extends Omit<
  RequestInit,
  'body' | 'credentials' | 'redirect' | 'cache' | 'mode'
> {
  readonly body?: string | URLSearchParams | FormData | Blob;
}

/**
 * `fetch` to an API of another site, from this page.
 *
 * @throws BoundTokenError where the site gives no token: `session_invalid` once nobody is signed in
 */
export type BoundFetch = (audience: string, url: string | URL, init?: BoundRequestInit) => Promise<Response>;

export interface BoundFetchOptions {
  /** The path below which this site lives, where it is not the whole host. Default: none. */
  readonly basePath?: string;
  /** Hears of each request to the API before it goes out: what a page may show of it. */
  readonly observe?: (step: BoundStep) => void;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  /** Seconds since the epoch. Default: the browser's; the site's is learnt and used. */
  readonly clock?: () => number;
}

/** One request to the API. Neither token nor proof is in it. */
export interface BoundStep {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** `use_dpop_nonce` where the API wants its nonce first, which is then used. */
  readonly error: string | undefined;
}

/**
 * Calls APIs of other sites with tokens that are bound to a key of this page (DPoP, RFC 9449). The key can't be exported;
 * key and tokens live in the page's memory and end with it: nothing is stored. The site lists the audience among its
 * `browserAudiences`, and the API has the options `dpop` and `cors`. Make one for the whole page.
 *
 * @example
 * ```ts
 * const boundFetch = createBoundFetch();
 * const response = await boundFetch('https://shop.example/api', 'https://shop.example/api/products');
 * ```
 */
export function createBoundFetch(options: BoundFetchOptions = {}): BoundFetch {
  const { basePath = '', observe, clock = () => Math.floor(Date.now() / 1000) } = options;
  const send = options.fetch ?? ((input, init) => fetch(input, init));
  let made: Promise<PageKey> | undefined;
  const key = () => (made ??= createPageKey());
  const tokens = createBoundTokens({ key, basePath, fetch: send, clock });
  /** The latest nonce of each API (RFC 9449 §9). */
  const nonces = new Map<string, string>();

  async function call(audience: string, url: URL, init: BoundRequestInit): Promise<Response> {
    const { method = 'GET' } = init;
    const accessToken = await tokens.find(audience);
    const nonce = nonces.get(url.origin);
    const proof = { method, url: url.href, iat: tokens.now(), accessToken, nonce };
    const headers = new Headers(init.headers);
    headers.set('authorization', `DPoP ${accessToken}`);
    headers.set('dpop', await (await key()).prove(proof));
    // A redirect would send the token to whatever address the API names.
    const rules = { mode: 'cors', credentials: 'omit', redirect: 'error', cache: 'no-store' } as const;
    const response = await send(url, { ...init, method, headers, ...rules });
    const fresh = response.headers.get('dpop-nonce');
    if (fresh !== null) nonces.set(url.origin, fresh);
    observe?.({ method, url: url.href, status: response.status, error: errorOf(response) });
    return response;
  }

  return async (audience, address, init = {}) => {
    const url = new URL(address);
    const response = await call(audience, url, init);
    const error = errorOf(response);
    if (error !== 'use_dpop_nonce' && error !== 'invalid_token') return response;
    // Once more, with the nonce of the answer, or with a new token where this one counts no longer.
    if (error === 'invalid_token') tokens.forget(audience);
    return call(audience, url, init);
  };
}

/** The `error` in the DPoP challenge of a refusal (RFC 9449 §7.1). */
function errorOf({ status, headers }: Response): string | undefined {
  if (status !== 401) return undefined;
  return /\bDPoP [^]*?\berror="([a-z_]+)"/.exec(headers.get('www-authenticate') ?? '')?.[1];
}
