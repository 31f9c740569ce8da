import type { CustomFetchOptions } from 'oauth4webapi';
import { toInternalUrl } from '../foundation/index.ts';

/**
 * One call of the provider, the body of its answer included, integer seconds. A person gets a page within five seconds
 * while the provider is down (F-02).
 */
export const PROVIDER_CALL_SECONDS = 4;

/** How long so many calls of the provider take at most, one after the other, integer seconds. */
export const secondsForCalls = (calls: number): number => calls * PROVIDER_CALL_SECONDS;

export interface ProviderFetchOptions {
  readonly issuer: string;
  /** Called in place of `issuer`. */
  readonly internalIssuerUrl?: string | undefined;
  /** Default `globalThis.fetch`, looked up at each call: what replaces it later (tests, tracing) is used too. */
  readonly fetch?: typeof fetch | undefined;
}

/** `fetch` for the provider: at its internal address where there is one, and for `PROVIDER_CALL_SECONDS` at most. */
export function createProviderFetch(options: ProviderFetchOptions): typeof fetch {
  const { issuer, internalIssuerUrl } = options;
  return (input, init) => {
    const address = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const send = options.fetch ?? globalThis.fetch;
    const limit = AbortSignal.timeout(PROVIDER_CALL_SECONDS * 1000);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return send(toInternalUrl(address, issuer, internalIssuerUrl), { ...init, signal });
  };
}

type OAuthFetch = (
  url: string,
  options: CustomFetchOptions<string, URLSearchParams | undefined>,
) => Promise<Response>;

/** The same as `oauth4webapi` calls it: that library names absent members `undefined`. */
export function toOAuthFetch(providerFetch: typeof fetch): OAuthFetch {
  return (url, { method, headers, redirect, body, signal }) =>
    providerFetch(url, { method, headers, redirect, body: body ?? null, signal: signal ?? null });
}
