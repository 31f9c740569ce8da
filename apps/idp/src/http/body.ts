import { OAuthError } from './oauth-error.ts';

/** More than any request of the protocol needs. The limit keeps a body from filling the memory. */
const MAX_BODY_BYTES = 65_536;

/** The media type of a body, without its parameters. */
export function contentTypeOf({ headers }: Pick<Request, 'headers'>): string {
  const type = headers.get('content-type') ?? '';
  return type.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * Reads a body as text.
 *
 * @throws OAuthError 413 when it is too long, invalid_request when it ends early.
 */
export async function readBody(request: Request): Promise<string> {
  const length = request.headers.get('content-length');
  if (length !== null && Number(length) > MAX_BODY_BYTES) throw tooLong();
  try {
    return await (length === null ? readBounded(request) : request.text());
  } catch (cause) {
    if (cause instanceof OAuthError) throw cause;
    // The client has closed the connection or was too slow, so this is its error and no failure of the server.
    throw new OAuthError('invalid_request', 'the body did not arrive in full', { cause });
  }
}

/** Reads a body without Content-Length in chunks, and stops at the limit. */
async function readBounded(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  if (request.body === null) return '';
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw tooLong();
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function tooLong(): OAuthError {
  return new OAuthError('invalid_request', `the body is longer than ${MAX_BODY_BYTES} bytes`, {
    status: 413,
  });
}
