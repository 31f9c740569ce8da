import type { ServerOptions } from 'node:http';

/** How long a client may take. A slower one loses its connection, so that it can't hold up the others. */
export interface Timeouts {
  /** Until the headers are there, in seconds. Default 10. */
  readonly headersSeconds: number;
  /** Until the whole request is there, body included, in seconds. Default 20. */
  readonly requestSeconds: number;
  /**
   * An idle connection, in seconds. Default 25: a proxy in front that keeps its connections for less never sends
   * into one that is just closing.
   */
  readonly idleSeconds: number;
  /** How often the first two are looked at, in seconds. Default 5. */
  readonly checkSeconds: number;
}

export const TIMEOUTS: Timeouts = {
  headersSeconds: 10,
  requestSeconds: 20,
  idleSeconds: 25,
  checkSeconds: 5,
};

const MAX_HEADER_BYTES = 16_384;

export function serverOptions(timeouts: Timeouts): ServerOptions {
  return {
    headersTimeout: timeouts.headersSeconds * 1000,
    requestTimeout: timeouts.requestSeconds * 1000,
    keepAliveTimeout: timeouts.idleSeconds * 1000,
    connectionsCheckingInterval: timeouts.checkSeconds * 1000,
    maxHeaderSize: MAX_HEADER_BYTES,
    // RFC 9112 §3.2: a request without Host, or with two, is answered 400.
    requireHostHeader: true,
    // Lenient parsing would allow request smuggling.
    insecureHTTPParser: false,
  };
}
