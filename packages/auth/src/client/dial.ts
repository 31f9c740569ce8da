import type { CustomFetchOptions } from 'oauth4webapi';

export interface DialOptions {
  readonly issuer: string;
  /** Dialled in place of `issuer`. */
  readonly internalIssuerUrl?: string | undefined;
  readonly fetch?: typeof fetch | undefined;
  /** Integer seconds for one whole exchange, the body included. */
  readonly timeoutSeconds: number;
}

/** `fetch` towards the provider: on its internal address where there is one, and never longer than the timeout. */
export function createDial(options: DialOptions): typeof fetch {
  return (input, init) => {
    const address = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
    const send = options.fetch ?? globalThis.fetch;
    const limit = AbortSignal.timeout(options.timeoutSeconds * 1000);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    return send(internalAddress(address, options), { ...init, signal });
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

/** The issuer's own addresses move to the internal one with their path; its other addresses move host only. */
function internalAddress(address: string, { issuer, internalIssuerUrl }: DialOptions): string {
  if (internalIssuerUrl === undefined) return address;
  const outside = issuer.replace(/\/$/, '');
  if (address === outside || address.startsWith(`${outside}/`)) {
    return internalIssuerUrl.replace(/\/$/, '') + address.slice(outside.length);
  }
  const url = new URL(address);
  if (url.origin !== new URL(issuer).origin) return address;
  return new URL(url.pathname + url.search, internalIssuerUrl).href;
}
