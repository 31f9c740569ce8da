import type { CustomFetchOptions } from 'oauth4webapi';
import { presentMembers, toInternalUrl } from '../foundation/index.ts';

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

/**
 * The same as `oauth4webapi` calls it: that library names absent members `undefined`, and refuses an answer in which a
 * member is null.
 */
export function toOAuthFetch(providerFetch: typeof fetch): OAuthFetch {
  return async (url, { method, headers, redirect, body, signal }) =>
    withPresentMembers(
      await providerFetch(url, { method, headers, redirect, body: body ?? null, signal: signal ?? null }),
    );
}

/** An answer of JSON with the members that are present. Any other, signed userinfo among them, stays as it is. */
async function withPresentMembers(response: Response): Promise<Response> {
  if (response.body === null || response.headers.get('content-type') === 'application/jwt') return response;
  const text = await response.text();
  const { status, headers } = response;
  return new Response(presentText(text), { status, headers });
}

function presentText(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    const isObject = typeof answer === 'object' && answer !== null && !Array.isArray(answer);
    return isObject ? JSON.stringify(presentMembers({ ...answer })) : text;
  } catch {
    return text; // the library says that it is no JSON
  }
}
