import dns from 'node:dns';
import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { addressKindOf } from './special-addresses.ts';

export interface OutboundFetchOptions {
  /** Whether this host may be on this machine or in a private network. Link-local and such are never called. */
  readonly mayBePrivate: (hostname: string) => boolean;
  /** For one whole answer. Default 5. */
  readonly timeoutSeconds?: number;
  /** A longer answer is cut off and refused. Default 256 KiB. */
  readonly maxBytes?: number;
  /** Whether the answer's status is all that counts: its body is not waited for, however long it is. Default false. */
  readonly statusOnly?: boolean;
  /**
   * Whether connections are kept for a moment, for many requests in a row. For requests that may arrive twice: one that
   * meets a connection which the server is closing is sent again. Default false.
   */
  readonly keepsConnections?: boolean;
}

const TIMEOUT_SECONDS = 5;
const MAX_BYTES = 256 * 1024;

/**
 * A `fetch` for addresses that clients registered. Such an address may name, or resolve to, a service of the
 * provider's own network that trusts whoever can reach it (SSRF, X-19, CWE-918). So the addresses that the name
 * resolves to are looked at, and the connection goes to just those: a name that resolves to another address a moment
 * later (DNS rebinding) gains nothing. No redirect is followed, and no proxy asked.
 *
 * It takes method, headers, text body and signal, and rejects with an Error that names the reason.
 */
export function createOutboundFetch(options: OutboundFetchOptions): typeof fetch {
  const agents = options.keepsConnections ? createAgents() : undefined;
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const mayBePrivate = options.mayBePrivate(url.hostname);
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0) requireAllowedAddress(literal, mayBePrivate);
    const deadline = AbortSignal.timeout((options.timeoutSeconds ?? TIMEOUT_SECONDS) * 1000);
    const settings: RequestOptions = {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(new Headers(init.headers)),
      signal: init.signal ? AbortSignal.any([init.signal, deadline]) : deadline,
      lookup: createGuardedLookup(mayBePrivate),
      agent: agents ? agents[url.protocol === 'https:' ? 'https' : 'http'] : false,
    };
    const body = typeof init.body === 'string' ? init.body : undefined;
    const message = await send(url, settings, body);
    const maxBytes = options.maxBytes ?? MAX_BYTES;
    return options.statusOnly ? toStatus(message, maxBytes) : toResponse(message, maxBytes);
  };
}

/** Shorter than servers keep a connection that nobody uses. */
const KEPT_MILLISECONDS = 1500;

function createAgents(): { readonly http: http.Agent; readonly https: https.Agent } {
  const kept = { keepAlive: true, timeout: KEPT_MILLISECONDS };
  return { http: new http.Agent(kept), https: new https.Agent(kept) };
}

function send(url: URL, settings: RequestOptions, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const sent = request(url, settings, resolve);
    sent.once('error', (error) => {
      // The server has closed the connection that was kept, before it read anything of this request.
      if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET')
        resolve(send(url, { ...settings, agent: false }, body));
      else reject(error);
    });
    sent.end(body);
  });
}

/** Lets the server finish its answer, which nobody reads, within the same time and length. */
function toStatus(message: IncomingMessage, maxBytes: number): Response {
  let bytes = 0;
  message.on('data', (chunk: Uint8Array) => {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) message.destroy();
  });
  // The answer counts by its status, which is there, so it does not matter how the rest of it ends.
  message.on('error', () => undefined);
  return new Response(null, { status: message.statusCode ?? 500 });
}

async function toResponse(message: IncomingMessage, maxBytes: number): Promise<Response> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of message.iterator({ destroyOnReturn: true })) {
    if (!(chunk instanceof Uint8Array)) continue;
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new Error(`the answer is longer than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const status = message.statusCode ?? 500;
  const hasBody = status >= 200 && ![204, 205, 304].includes(status);
  return new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers: headersOf(message) });
}

function headersOf({ headers }: IncomingMessage): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    [value ?? []].flat().map((one) => [name, one]),
  );
}

/** Resolves like everybody else, and refuses the name if any of its addresses is out of bounds. */
function createGuardedLookup(mayBePrivate: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      try {
        for (const { address } of addresses) requireAllowedAddress(address, mayBePrivate);
      } catch (refusal) {
        return callback(refusal instanceof Error ? refusal : new Error(String(refusal)), '');
      }
      const [first] = addresses;
      return options.all ? callback(null, addresses) : callback(null, first?.address ?? '', first?.family);
    });
  };
}

function requireAllowedAddress(address: string, mayBePrivate: boolean): void {
  const kind = addressKindOf(address);
  if (kind === 'public' || (kind === 'private' && mayBePrivate)) return;
  throw new Error(`the host is at ${address}, a special-use address that may not be called from here`);
}
