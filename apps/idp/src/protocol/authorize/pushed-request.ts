const PREFIX = 'urn:ietf:params:oauth:request_uri:';

/** The reference to a pushed request (RFC 9126 §2.2). */
export function pushedUri(id: string): string {
  return PREFIX + id;
}

/** The id in such a reference; undefined for any other `request_uri`. */
export function pushedIdOf(requestUri: string | undefined): string | undefined {
  return requestUri?.startsWith(PREFIX) === true ? requestUri.slice(PREFIX.length) : undefined;
}
