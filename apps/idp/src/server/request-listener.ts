import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { clientAddress, type TrustedProxies } from '../http/client-address.ts';
import type { Log } from '../log/log.ts';
import { randomId } from '../foundation/secrets.ts';
import type { Drain } from './drain.ts';

/** What is done to each request before and after the provider answers it. */
export interface RequestListenerOptions {
  readonly log: Log;
  readonly drain: Drain;
  readonly trustedProxies: TrustedProxies;
  /** How a request's path is called in the log; see `createPathRedactor`. */
  readonly logPathOf: (url: string) => string;
  /** What every answer carries. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Logged when the client closed the connection before the response; nginx uses the same number. */
const CLIENT_GONE = 499;

/** Gives each request an id and one log line, written when its response has ended or its connection is closed. */
export function createRequestListener(
  answer: RequestListener,
  options: RequestListenerOptions,
): RequestListener {
  const { log, drain, headers = {} } = options;
  const warnOfForwarder = createForwarderWarning(options);
  return (request, response) => {
    const began = performance.now();
    const address = addressOf(request, options);
    const id = requestIdOf(request, options);
    response.setHeader('X-Request-Id', id);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    warnOfForwarder(request);
    drain.track(response);
    log.withRequestId(id, () => {
      // The end of a connection may come from outside the request's own context.
      response.once('close', () =>
        log.logRequest({ ...summaryOf(request, response, options, began), address, requestId: id }),
      );
      if (hasUnknownTransferCoding(request)) refuse(response);
      else answer(request, response);
    });
  };
}

/**
 * Warns once where somebody who is no trusted proxy sends `X-Forwarded-For`: either a stranger tries to choose an address,
 * which counts for nothing, or a proxy is missing in `TRUST_PROXY`, so that limits take all people for one.
 */
function createForwarderWarning({
  log,
  trustedProxies,
}: RequestListenerOptions): (request: IncomingMessage) => void {
  let isSilent = false;
  return ({ headers, socket: { remoteAddress: peer } }) => {
    if (isSilent || headers['x-forwarded-for'] === undefined || peer === undefined) return;
    if (trustedProxies.includes(peer)) return;
    isSilent = true;
    const message = `${peer} sends X-Forwarded-For and is no trusted proxy, so the header counts for nothing. If it is a proxy of yours, add it to TRUST_PROXY: until then its address stands for everybody behind it`;
    log.observe({ type: 'config.warned', message });
  };
}

function summaryOf(
  request: IncomingMessage,
  response: ServerResponse,
  { logPathOf }: RequestListenerOptions,
  began: number,
) {
  return {
    method: request.method ?? '',
    path: logPathOf(request.url ?? ''),
    status: response.headersSent ? response.statusCode : CLIENT_GONE,
    milliseconds: Math.round((performance.now() - began) * 10) / 10,
  };
}

/** a proxy may think that another transfer coding ends the body elsewhere than we do (RFC 9112 §6.1). */
function hasUnknownTransferCoding({ headers }: IncomingMessage): boolean {
  const coding = headers['transfer-encoding'];
  return coding !== undefined && coding.toLowerCase() !== 'chunked';
}

function refuse(response: ServerResponse): void {
  response.writeHead(501, { Connection: 'close', 'Cache-Control': 'no-store' }).end();
}

const PROXY_REQUEST_ID = /^[\w-]{8,64}$/;

/** Takes the id that a trusted proxy gave the request. An id from anybody else could forge what the log says. */
function requestIdOf(
  { headers, socket }: IncomingMessage,
  { trustedProxies }: RequestListenerOptions,
): string {
  const given = headers['x-request-id'];
  const isBelieved =
    typeof given === 'string' &&
    PROXY_REQUEST_ID.test(given) &&
    socket.remoteAddress !== undefined &&
    trustedProxies.includes(socket.remoteAddress);
  return isBelieved ? given : randomId(9);
}

function addressOf(
  { headers, socket }: IncomingMessage,
  { trustedProxies }: RequestListenerOptions,
): string | undefined {
  const forwarded = headers['x-forwarded-for'];
  const forwardedFor = Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? null);
  return clientAddress({ peer: socket.remoteAddress, forwardedFor }, trustedProxies);
}
