/** The parts of a provider that a site or an API calls. */
export type Endpoint = 'discovery' | 'jwks' | 'token' | 'userinfo' | 'revocation';

/**
 * What an endpoint does instead of answering: a status, a web page, JSON that is cut off, an empty body, far too much
 * of it, the beginning of an answer and nothing more until the caller gives up, no answer at all until then, or no
 * connection.
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

/** A fault and for how many calls more. */
export interface PlannedFault {
  readonly fault: Fault;
  /** `Infinity`: until told otherwise. */
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

/** The fault of this call, if one is planned; counts it. */
export function takeFault(faults: Map<Endpoint, PlannedFault>, endpoint: Endpoint): Fault | undefined {
  const planned = faults.get(endpoint);
  if (!planned) return undefined;
  planned.left -= 1;
  if (planned.left <= 0) faults.delete(endpoint);
  return planned.fault;
}

/** Acts out a fault. */
export function actOut(fault: Fault, signal: Signal): Promise<Response> {
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

/** One byte, then nothing: a time limit has to cover the body too. */
function stalled(signal: Signal): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{'));
      untilAborted(signal).catch((reason: unknown) => controller.error(reason));
    },
  });
}
