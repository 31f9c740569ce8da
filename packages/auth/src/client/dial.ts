import type { CustomFetchOptions } from 'oauth4webapi';
import { toInternalUrl } from '../foundation/index.ts';

/** One call of the provider, its answer's body included, integer seconds: a page says so within five (F-02). */
export const CALL_SECONDS = 4;

export interface DialOptions {
  readonly issuer: string;
  /** Dialled in place of `issuer`. */
  readonly internalIssuerUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
}

/** `fetch` towards the provider: on its internal address where there is one, and never longer than `CALL_SECONDS`. */
export function createDial({ issuer, internalIssuerUrl, ...options }: DialOptions): typeof fetch {
  return (input, init) => {
    const address = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const send = options.fetch ?? globalThis.fetch;
    const limit = AbortSignal.timeout(CALL_SECONDS * 1000);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return send(toInternalUrl(address, issuer, internalIssuerUrl), { ...init, signal });
  };
}

/** The same for `oauth4webapi`, which names absent members `undefined`. */
export function libraryFetch(dial: typeof fetch): LibraryFetch {
  return (url, { method, headers, redirect, body, signal }) =>
    dial(url, { method, headers, redirect, body: body ?? null, signal: signal ?? null });
}

type LibraryFetch = (
  url: string,
  options: CustomFetchOptions<string, URLSearchParams | undefined>,
) => Promise<Response>;
