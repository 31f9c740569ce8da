/** The endpoints of a provider that a site or an API calls. */
export type Endpoint = 'discovery' | 'jwks' | 'token' | 'userinfo' | 'revocation';

/**
 * How an endpoint fails: a status, an HTML page, truncated JSON (`cut`), an empty body, a body far too large (`huge`), a body
 * that stops after its first byte (`stalled`), no answer until the caller gives up (`timeout`), no connection (`refused`),
 * or a redirect to an internal address.
 */
export type Fault =
  | 'html'
  | 'cut'
  | 'empty'
  | 'huge'
  | 'stalled'
  | 'timeout'
  | 'refused'
  | 'redirect'
  | { readonly status: number };

/** A fault, and for how many more calls. */
export interface PlannedFault {
  readonly fault: Fault;
  /** `Infinity`: until the fault is removed. */
  left: number;
}

type Signal = AbortSignal | null | undefined;

const json = (body: BodyInit) => new Response(body, { headers: { 'content-type': 'application/json' } });

const acts: Record<Extract<Fault, string>, (signal: Signal) => Promise<Response>> = {
  html: async () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
  cut: async () => json('{"issuer":"https://issu'),
  empty: async () => json(''),
  huge: async () => new Response(`{"keys":[${' '.repeat(2_000_000)}]}`),
  stalled: async (signal) => json(stalled(signal)),
  redirect: async () => Response.redirect('http://169.254.169.254/latest/meta-data', 302),
  refused: () => Promise.reject(new TypeError('fetch failed')),
  timeout: (signal) => untilAborted(signal),
};

/** The fault of this call, if one is planned. Counts the call. */
export function takeFault(faults: Map<Endpoint, PlannedFault>, endpoint: Endpoint): Fault | undefined {
  const planned = faults.get(endpoint);
  if (!planned) return undefined;
  planned.left -= 1;
  if (planned.left <= 0) faults.delete(endpoint);
  return planned.fault;
}

/** Answers as the fault says. */
export function respondWithFault(fault: Fault, signal: Signal): Promise<Response> {
  if (typeof fault === 'string') return acts[fault](signal);
  return Promise.resolve(new Response('failed', { status: fault.status }));
}

/** Rejects as `fetch` does once the caller gives up. */
export function untilAborted(signal: Signal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new DOMException('The operation was aborted', 'TimeoutError'));
    if (signal?.aborted) fail();
    else signal?.addEventListener('abort', fail);
  });
}

/** One byte, then nothing: shows whether a time limit covers the body. */
function stalled(signal: Signal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{'));
      untilAborted(signal).catch((reason: unknown) => controller.error(reason));
    },
  });
}
