/** The parts of a provider that a site or an API calls. */
export type Endpoint = 'discovery' | 'jwks' | 'token' | 'userinfo' | 'revocation';

/**
 * What an endpoint does instead of answering: a status, a web page, an empty body, far too much of it, no answer at
 * all until the caller gives up, or no connection.
 */
export type Fault =
  | 'html'
  | 'empty'
  | 'huge'
  | 'timeout'
  | 'refused'
  | 'redirect'
  | { readonly status: number };

type Signal = AbortSignal | null | undefined;

const acts: Record<Extract<Fault, string>, (signal: Signal) => Promise<Response>> = {
  html: async () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
  empty: async () => new Response('', { headers: { 'content-type': 'application/json' } }),
  huge: async () => new Response(`{"keys":[${' '.repeat(2_000_000)}]}`),
  redirect: async () => Response.redirect('http://169.254.169.254/latest/meta-data', 302),
  refused: () => Promise.reject(new TypeError('fetch failed')),
  timeout: (signal) => untilAborted(signal),
};

/** Acts out a fault. */
export function actOut(fault: Fault, signal: Signal): Promise<Response> {
  if (typeof fault === 'string') return acts[fault](signal);
  return Promise.resolve(new Response('failed', { status: fault.status }));
}

function untilAborted(signal: Signal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new DOMException('The operation was aborted', 'TimeoutError'));
    if (signal?.aborted) fail();
    else signal?.addEventListener('abort', fail);
  });
}
